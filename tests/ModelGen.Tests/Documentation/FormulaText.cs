using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Documentation;

/// <summary>Writes a node as one line of mathematics, its indices as letters: <c>dx[n, i] = Σ[p&lt;4] dy[n, p]·weight[p, i]</c>.</summary>
internal static class FormulaText
{
    private static readonly string[] s_kept = ["i", "j", "k", "l", "m", "o", "u", "v"], s_summed = ["p", "q", "r", "s", "t", "a", "b", "c"];

    public static string Of(Graph graph, Node node, string name)
    {
        if (node is ReshapeNode reshape) return $"{name} = reshape({Name(graph[reshape.Source])}, {node.Shape})";
        if (node is PreviousNode previous) return Before(graph, previous, name);
        var compute = (ComputeNode)node;
        var letters = Letters(compute);
        var body = ExprPrinter.Print(compute.Body, id => Name(graph[id]), j => letters[j]);
        var left = compute.OutputRank == 0 ? name : $"{name}[{string.Join(", ", letters.Take(compute.OutputRank))}]";
        if (compute.Combine == Combine.None) return $"{left} = {body}";
        var over = string.Join(", ", compute.Reduced.Select((axis, r) => $"{letters[compute.OutputRank + r]}<{axis}"));
        return $"{left} = {Sign(compute.Combine)}[{over}] {body}";
    }

    // hBefore[n, i, j] = h[n, i - 1, j], and 0 where i = 0.
    private static string Before(Graph graph, PreviousNode node, string name)
    {
        var letters = node.Shape.Axes.Select((axis, a) => axis.PerSample ? "n" : s_kept[a - (node.Shape[0].PerSample ? 1 : 0)]).ToList();
        var step = letters[node.Axis];
        var source = letters.Select((letter, a) => a == node.Axis ? letter + (node.FromEnd ? " + 1" : " - 1") : letter);
        var first = node.Initial < 0 ? "0" : $"{Name(graph[node.Initial])}[{string.Join(", ", letters.Where((_, a) => a != node.Axis))}]";
        return $"{name}[{string.Join(", ", letters)}] = {Name(graph[node.Source])}[{string.Join(", ", source)}], {first} where {step} = {node.First}";
    }

    /// <summary>x' is the tangent of x, and dx its cotangent.</summary>
    public static string Name(Node node)
    {
        const string Tangent = "_tangent";
        return node.Purpose is { Role: Role.Cotangent or Role.Gradient, Of.Length: > 0 } p && p.Name == node.Name
            ? "d" + p.Of + (p.Word.Length > 0 ? "_" + p.Word : "")
            : node.Name.EndsWith(Tangent, StringComparison.Ordinal) ? node.Name[..^Tangent.Length] + "'" : node.Name;
    }

    // The batch is n wherever it is one axis alone.
    private static string[] Letters(ComputeNode node)
    {
        var (kept, summed, takesBatch) = (0, 0, false);
        return [.. node.Axes.Select((axis, j) =>
        {
            if (axis is { PerSample: true, Factor: 1 } && !takesBatch)
            {
                takesBatch = true;
                return "n";
            }
            return j < node.OutputRank ? s_kept[kept++] : s_summed[summed++];
        })];
    }

    private static string Sign(Combine combine) => combine switch
    {
        Combine.Sum => "Σ",
        Combine.Max or Combine.MaxFirst => "max",
        _ => "argmax",
    };
}
