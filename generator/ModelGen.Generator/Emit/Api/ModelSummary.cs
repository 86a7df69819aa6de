using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;

namespace ModelGen.Generator.Emit.Api;

/// <summary>The table and the drawing of a model: one row, one box, for each call of an op in the user's source.</summary>
internal static class ModelSummary
{
    private sealed record Step(string Title, string Name, Node Result, long Parameters, IReadOnlyList<Node> Sources);

    /// <summary>A table as people know it from Keras: step, output, parameters.</summary>
    public static string Table(LoweredModel model)
    {
        var steps = Steps(model.Graphs.Evaluation);
        var rows = new List<(string, string, string)> { ("step", "output", "parameters") };
        foreach (var input in ModelInfoText.Inputs(model.Graphs.Evaluation)) rows.Add((input.Name + " (input)", input.Type.ToString(), ""));
        rows.AddRange(steps.Select(s => (s.Title, s.Result.Type.ToString(), s.Parameters > 0 ? Number(s.Parameters) : "")));
        int first = rows.Max(r => r.Item1.Length), second = rows.Max(r => r.Item2.Length), third = rows.Max(r => r.Item3.Length);
        var text = new StringBuilder();
        text.Append(model.Graphs.Name).Append('\n');
        for (var r = 0; r < rows.Count; r++)
        {
            text.Append((rows[r].Item1.PadRight(first) + "  " + rows[r].Item2.PadRight(second) + "  " + rows[r].Item3.PadLeft(third)).TrimEnd()).Append('\n');
            if (r == 0) text.Append('-', first + second + third + 4).Append('\n');
        }
        text.Append('-', first + second + third + 4).Append('\n');
        text.Append("parameters: ").Append(Number(model.Layout.Parameters.Sum(p => (long)p.Length))).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The calls as a mermaid flowchart.</summary>
    public static string Diagram(LoweredModel model)
    {
        var graph = model.Graphs.Evaluation;
        var steps = Steps(graph);
        var text = new StringBuilder("flowchart TD\n");
        string Box(Node node) => "n" + node.Id.ToString(CultureInfo.InvariantCulture);
        foreach (var input in ModelInfoText.Inputs(graph)) text.Append($"    {Box(input)}([\"{input.Name} {input.Type}\"])\n");
        foreach (var step in steps)
        {
            text.Append($"    {Box(step.Result)}[\"{step.Title}<br/>{step.Result.Type}\"]\n");
            foreach (var source in step.Sources) text.Append($"    {Box(source)} --> {Box(step.Result)}\n");
        }
        return text.ToString().TrimEnd('\n');
    }

    private static List<Step> Steps(Graph graph)
    {
        var steps = new List<Step>();
        var counted = new HashSet<int>();
        var result = new Dictionary<int, Node>();
        foreach (var call in graph.Nodes.Where(n => n is not LeafNode).GroupBy(n => n.Origin).OrderBy(g => g.Min(n => n.Id)))
        {
            var last = call.OrderBy(n => n.Id).Last();
            foreach (var node in call) result[node.Id] = last;
            var own = new HashSet<int>(call.Select(n => n.Id));
            var inputs = call.SelectMany(n => n.Inputs).Where(i => !own.Contains(i)).Distinct().Select(i => graph[i]).ToList();
            var parameters = inputs.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter && counted.Add(l.Id)).Sum(l => (long)l.Shape.Length.Factor);
            var sources = inputs.Where(i => i is not LeafNode { Kind: LeafKind.Parameter or LeafKind.Buffer or LeafKind.Constant })
                .Select(i => result.TryGetValue(i.Id, out var r) ? r : i).Distinct().ToList();
            var title = call.Key.Path.Length > 0 ? $"{call.Key.Path} ({call.Key.Op})" : call.Key.Op.Length > 0 ? call.Key.Op : last.Name;
            steps.Add(new(title, last.Name, last, parameters, sources));
        }
        return steps;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
