using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Gives everything that differentiation takes for a constant a copy of its own. Where the copies stay as they are while the rest
/// moves, differences of the loss are what reverse mode claims to give.</summary>
internal static class HoldConstants
{
    /// <returns>The graph and the numbers of the copies.</returns>
    public static (Graph Graph, IReadOnlyCollection<int> Copies) Apply(Graph graph)
    {
        var rewriter = new Rewriter(graph);
        var copies = new Dictionary<int, int>();
        // The copies a node reads come before it.
        var held = rewriter.Run((node, moved) => node is ComputeNode c ? c with { Id = 0, Body = Held(c.Body) } : moved);
        return (held, copies.Values.ToList());

        Expr Held(Expr body) => Renumbering.Of(body, n => rewriter.Number[n], e => e switch
        {
            Expr.Stop s => Renumbering.Of(s.X, Copy),
            Expr.Surrogate s => Held(s.Value),
            _ => null,
        });

        int Copy(int id)
        {
            // Integers, data and statistics do not move.
            var source = rewriter.Nodes[rewriter.Number[id]];
            if (source is LeafNode { Kind: not LeafKind.Parameter } || source.Type.Element == ElementType.I32) return source.Id;
            if (copies.TryGetValue(id, out var known)) return known;
            var rank = source.Shape.Rank;
            var same = GraphBuilder.Load(source, Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, j)).ToArray());
            var purpose = Purpose.Copy(source, "held");
            return copies[id] = rewriter.Add(
                new ComputeNode(0, source.Type, purpose.Name, source.Origin, EquatableArray<Axis>.Empty, Combine.None, same) { Purpose = purpose });
        }
    }
}
