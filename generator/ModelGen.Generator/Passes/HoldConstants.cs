using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Gives everything that differentiation takes for a constant a copy of its own. Where the copies stay as they are while the rest
/// moves, differences of the loss are what reverse mode claims to give.</summary>
internal static class HoldConstants
{
    /// <returns>The graph and the numbers of the copies.</returns>
    public static (Graph Graph, IReadOnlyCollection<int> Copies) Apply(Graph graph)
    {
        var nodes = new List<Node>();
        var number = new int[graph.Nodes.Count];
        var copies = new Dictionary<int, int>();
        foreach (var node in graph.Nodes)
        {
            // The copies a node reads come before it.
            var body = node is ComputeNode c ? Held(c.Body) : null;
            number[node.Id] = nodes.Count;
            nodes.Add(body is null ? EliminateDeadNodes.Renumber(node, number) : (ComputeNode)node with { Id = nodes.Count, Body = body });
        }
        return (graph.Renumbered(nodes.ToEquatableArray(), number), copies.Values.ToList());

        Expr Held(Expr body) => EliminateDeadNodes.Renumber(body, n => number[n], e => e switch
        {
            Expr.Stop s => EliminateDeadNodes.Renumber(s.X, Copy),
            Expr.Surrogate s => Held(s.Value),
            _ => null,
        });

        int Copy(int id)
        {
            // Integers, data and statistics do not move.
            var source = nodes[number[id]];
            if (source is LeafNode { Kind: not LeafKind.Parameter } || source.Type.Element == ElementType.I32) return source.Id;
            if (copies.TryGetValue(id, out var known)) return known;
            var rank = source.Shape.Rank;
            var same = GraphBuilder.Load(source, Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, j)).ToArray());
            nodes.Add(new ComputeNode(nodes.Count, source.Type, source.Name.Length == 0 ? "" : source.Name + "Held", source.Origin, EquatableArray<Axis>.Empty, Combine.None, same));
            return copies[id] = nodes.Count - 1;
        }
    }
}
