using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Keeps the derivative of a costly function from the forward part instead of its argument, where the argument follows from a product and the
/// backward part wants it for nothing else: as many numbers, and the functions that the value and the derivative share (the erf of a GELU) are
/// computed once.</summary>
internal static class KeepDerivatives
{
    public static Graph Apply(Graph graph, PassOptions options)
    {
        var consumers = Consumers.Of(graph);
        var recurrences = Recurrences.Of(graph);
        var results = new HashSet<int>(graph.Results);

        // The derivatives by the forward node that they follow, and what the readers' factors become.
        var after = new Dictionary<int, (ComputeNode Reader, Expr Factor)>();
        foreach (var reader in graph.Nodes.Skip(graph.ForwardCount).OfType<ComputeNode>().Where(n => n.Combine == Combine.None && recurrences[n.Id] < 0))
            foreach (var factor in Factors(reader.Body))
                if (Argument(reader, factor) is { } argument && Function(argument) is { } function && !after.ContainsKey(function)
                    && after.Values.All(d => d.Reader.Id != reader.Id))
                    after[function] = (reader, factor);
        if (after.Count == 0) return graph;

        var rewriter = new Rewriter(graph);
        var kept = new Dictionary<int, (Expr Factor, int Node)>();
        return rewriter.Run((node, renumbered) =>
        {
            if (kept.TryGetValue(node.Id, out var derivative) && node is ComputeNode c)
                renumbered = (ComputeNode)renumbered with
                {
                    Body = Renumbering.Of(c.Body, n => rewriter.Number[n], e => ReferenceEquals(e, derivative.Factor)
                        ? Expr.Load.AtPoint(derivative.Node, c.Shape.Rank) : null),
                };
            var own = rewriter.Number[node.Id] = rewriter.Add(renumbered);
            if (!after.TryGetValue(node.Id, out var found)) return rewriter.Nodes[own];
            var purpose = Purpose.Piece(node, "derivative");
            kept[found.Reader.Id] = (found.Factor, rewriter.Add(new ComputeNode(
                0, found.Reader.Type, purpose.Name, node.Origin, EquatableArray<Axis>.Empty, Combine.None,
                Renumbering.Of(found.Factor, n => rewriter.Number[n]))
            { IsKept = true, Purpose = purpose }));
            return rewriter.Nodes[own];
        });

        // The one value that a factor is a costly function of, if the backward part has no other use for it.
        int? Argument(ComputeNode reader, Expr factor)
        {
            if (!factor.IsCostly() || factor.Has(e => e is Expr.Random or Expr.IndexOf or Expr.Valid)) return null;
            var loads = factor.Loads().ToList();
            if (loads.Count != 1 || loads[0].Node >= graph.ForwardCount || !IsWhole(loads[0], reader)) return null;
            var argument = loads[0].Node;
            return graph[argument] is ComputeNode { IsTransient: false } value && FollowsFromAProduct(value) && !results.Contains(argument)
                && recurrences[argument] < 0
                && Factors(reader.Body).Count(f => f.Loads().Any(l => l.Node == argument)) == 1
                && consumers[argument].All(r => r == reader.Id || r < graph.ForwardCount && graph[r] is ComputeNode) ? argument : null;
        }

        // At hand in a register where both are computed, and otherwise stored for the backward part: the product, or a cheap map of one that is read by nothing
        // else.
        bool FollowsFromAProduct(ComputeNode value) => Contraction.Matches(value) || value.Combine == Combine.None && InlineMaps.IsCheap(value.Body, options)
            && value.Body.Loads()
                .Any(l => graph[l.Node] is ComputeNode product && Contraction.Matches(product) && IsWhole(l, value)
                && consumers[product.Id].All(r => r == value.Id));

        // The costly map of it in the forward part.
        int? Function(int argument) => consumers[argument]
            .Where(r => r < graph.ForwardCount && recurrences[r] < 0 && graph[r] is ComputeNode { Combine: Combine.None } map
            && map.Body.IsCostly() && map.Body.Loads().Any(l => l.Node == argument && IsWhole(l, map))).Select(r => (int?)r).FirstOrDefault();

        bool IsWhole(Expr.Load load, ComputeNode reader) => graph[load.Node].Shape == reader.Shape && load.IsAtPoint;
    }

    private static IEnumerable<Expr> Factors(Expr e) => e is Expr.BinaryNode { Kind: BinaryKind.Mul } m ? Factors(m.A).Concat(Factors(m.B)) : new[] { e };
}
