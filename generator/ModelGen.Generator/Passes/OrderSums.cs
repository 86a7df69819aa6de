using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Orders the axes that are summed over as the data lie in memory, the contiguous one innermost. Parameters, and what follows from them alone, do not
/// count in a contraction: they are laid out in panels, or copied, in whatever order the sum takes.</summary>
internal static class OrderSums
{
    public static Graph Apply(Graph graph)
    {
        var isParameter = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes) isParameter[node.Id] = node is LeafNode leaf ? leaf.Kind is LeafKind.Parameter or LeafKind.Tangent
            : node.Inputs.Any() && node.Inputs.All(o => isParameter[o]);
        return graph with
        {
            Nodes = graph.Nodes.Select(n => n is ComputeNode { Reduced.Count: > 1, Combine: Combine.Sum } c && !Transform.Matches(graph, c)
                && !Scatter.Matches(c) ? Order(graph, c, isParameter) : n).ToEquatableArray(),
        };
    }

    private static Node Order(Graph graph, ComputeNode node, bool[] isParameter)
    {
        var rank = node.Axes.Count;
        var isContraction = Contraction.Matches(node);
        // A value without axes lies in no order.
        var data = node.Body.Loads().Where(l => l.Index.Count > 0 && (!isContraction || !isParameter[l.Node])).ToList();
        if (data.Count == 0) return node;
        long Stride(int variable) =>
            data.Max(l => l.Index.Select((i, d) => System.Math.Abs((long)i.Coefficients[variable] * graph[l.Node].Shape.Stride(d))).DefaultIfEmpty(0).Max());
        var order = Enumerable.Range(node.OutputRank, node.Reduced.Count)
            .OrderBy(j => node.Axes[j].PerSample ? 0 : 1).ThenByDescending(Stride).ToList();
        if (order.SequenceEqual(Enumerable.Range(node.OutputRank, node.Reduced.Count))) return node;
        var variables = Enumerable.Range(0, rank)
            .Select(j => AffineIndex.Variable(rank, j < node.OutputRank ? j : node.OutputRank + order.IndexOf(j))).ToArray();
        return node with { Reduced = order.Select(j => node.Axes[j]).ToEquatableArray(), Body = Substitution.Apply(node.Body, variables, rank)! };
    }
}
