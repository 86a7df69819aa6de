using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Graphs;

/// <summary>Writes a graph for people: headers of generated files, snapshots, messages of tests.</summary>
internal static class GraphPrinter
{
    /// <summary>One line for each input and parameter and for the result of each call, as the person wrote it.</summary>
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        var calls = CallResults(graph);
        var results = new HashSet<int>(graph.Results);
        foreach (var node in graph.Nodes)
        {
            if (node is LeafNode leaf) Line(text, leaf, Describe(leaf));
            else if (calls.Contains(node.Id) && node.Origin.Text.Length > 0) Line(text, node, node.Origin.Text);
            else if (calls.Contains(node.Id) || results.Contains(node.Id)) Line(text, node, Formula(graph, node));
        }
        return End(text, graph);
    }

    /// <summary>One line for each node, with its formula.</summary>
    public static string PrintFormulas(Graph graph)
    {
        var text = new StringBuilder();
        foreach (var node in graph.Nodes) Line(text, node, Formula(graph, node));
        return End(text, graph);
    }

    /// <summary>A node as a formula over the names of others.</summary>
    public static string Formula(Graph graph, Node node)
    {
        switch (node)
        {
            case LeafNode leaf: return Describe(leaf);
            case PreviousNode p:
                return $"{Name(graph[p.Source])} one step before, from {(p.FromEnd ? "the end" : "the start")} along axis "
                    + $"{p.Axis.ToString(CultureInfo.InvariantCulture)}" + (p.Initial < 0 ? "" : $", first {Name(graph[p.Initial])}");
            case JoinNode j:
                return $"join({string.Join(", ", j.Parts.Select(p => Name(graph[p])))}) along axis "
                + $"{j.Axis.ToString(CultureInfo.InvariantCulture)}";
            case ReshapeNode r: return $"reshape({Name(graph[r.Source])})";
            case ComputeNode c: return Formula(graph, c, i => Name(graph[i]), AxisNames.Distinct(c.Axes));
            default: return node.GetType().Name;
        }
    }

    /// <summary>The right side of a value's formula: <c>Σ(c&lt;6, ky&lt;5) x[n, c, y + ky]·w[o, c, ky]</c>. Axes of size 1 are left out.</summary>
    /// <param name="name">Of a node, by its number.</param>
    /// <param name="variables">A name for each iteration variable.</param>
    public static string Formula(Graph graph, ComputeNode node, System.Func<int, string> name, IReadOnlyList<string> variables)
    {
        string Variable(int j) => node.Axes[j].IsOne ? "" : variables[j];
        string Body(int level) => ExprPrinter.Print(node.Body, name, Variable, level, (read, axis) => !graph[read].Shape[axis].IsOne);
        var over = string.Join(", ", Enumerable.Range(node.OutputRank, node.Reduced.Count).Select(j => $"{variables[j]}<{node.Axes[j]}"));
        var text = node.Combine switch
        {
            Combine.None => Body(0),
            Combine.Sum => $"Σ({over}) {Body(ExprPrinter.OfProduct)}",
            Combine.ArgMax => $"first {Position(node, variables)} that attains max({over}) {Body(ExprPrinter.OfProduct)}",
            _ => $"max({over}) {Body(ExprPrinter.OfProduct)}",
        };
        return text + Outside(graph, node);
    }

    /// <summary>A value at a point of its axes: <c>relu1[n, o, y, x]</c>.</summary>
    public static string Indexed(string name, Node node, IReadOnlyList<string> variables)
    {
        var shown = Enumerable.Range(0, node.Shape.Rank).Where(a => !node.Shape[a].IsOne).Select(a => variables[a]).ToList();
        return shown.Count == 0 ? name : $"{name}[{string.Join(", ", shown)}]";
    }

    // The number of an element of a window, row by row.
    private static string Position(ComputeNode node, IReadOnlyList<string> variables)
    {
        var position = AffineIndex.Constant(node.Axes.Count, 0);
        var stride = 1;
        for (var j = node.Axes.Count - 1; j >= node.OutputRank; stride *= node.Axes[j--].Factor)
            position = position.Plus(AffineIndex.Variable(node.Axes.Count, j, stride));
        return position.Print(j => variables[j]);
    }

    // What is read beside a tensor, where no condition keeps from it.
    private static string Outside(Graph graph, ComputeNode node)
    {
        if (node.Body.Has(e => e is Expr.Valid)) return "";
        var fills = node.Body.Loads().Where(l => l.Index.Where((index, d) => !index.AlwaysInside(node.Axes, graph[l.Node].Shape[d])).Any())
            .Select(l => ExprPrinter.Number(l.Fill)).Distinct().ToList();
        return fills.Count == 1 ? $", {fills[0]} outside" : "";
    }

    // What is not an update of a buffer and comes last in a call is its result.
    private static HashSet<int> CallResults(Graph graph)
    {
        var updates = new HashSet<int>(graph.Updates.Select(u => u.Value));
        var last = new Dictionary<int, int>();
        foreach (var node in graph.Nodes)
            if (node is not LeafNode && !updates.Contains(node.Id)) last[node.Origin.Call] = node.Id;
        return new(last.Values);
    }

    private static string Describe(LeafNode leaf) => leaf.Kind switch
    {
        LeafKind.Labels => $"labels of {leaf.Classes.ToString(CultureInfo.InvariantCulture)} classes",
        LeafKind.Parameter => $"parameter {leaf.Path}",
        LeafKind.Buffer => $"buffer {leaf.Path}",
        LeafKind.Tangent => $"direction of {leaf.Path}",
        LeafKind.Constant => leaf.Data.Count <= 8 ? "constant " + string.Join(", ", leaf.Data.Select(ExprPrinter.Number))
            : $"constant of {leaf.Data.Count.ToString(CultureInfo.InvariantCulture)} numbers",
        _ => "input",
    };

    private static string End(StringBuilder text, Graph graph)
    {
        if (graph.Outputs.Count > 0) text.Append("return ").Append(string.Join(", ", graph.Outputs.Select(o => Name(graph[o])))).Append('\n');
        if (graph.Loss >= 0) text.Append("loss ").Append(Name(graph[graph.Loss])).Append('\n');
        foreach (var update in graph.Updates) text.Append("update ").Append(Name(graph[update.Buffer])).Append(" = ").Append(Name(graph[update.Value]))
            .Append('\n');
        foreach (var gradient in graph.Gradients) text.Append("gradient of ").Append(Name(graph[gradient.Of])).Append(" = ")
            .Append(Name(graph[gradient.Value])).Append('\n');
        return text.ToString();
    }

    private static void Line(StringBuilder text, Node node, string what) =>
        text.Append('%').Append(node.Id.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(node.Name).Append(node.Name.Length > 0 ? " " : "")
            .Append(node.Type).Append(" = ").Append(what).Append('\n');

    private static string Name(Node node) => node.Name.Length > 0 ? node.Name : "%" + node.Id.ToString(CultureInfo.InvariantCulture);
}
