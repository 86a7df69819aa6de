using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Autodiff;

/// <summary>Forward-mode differentiation, graph to graph: appends the directional derivative of every node along given tangents.</summary>
internal static class ForwardMode
{
    /// <summary>Appends a tangent for each active node, from the same partial derivatives as reverse mode.</summary>
    /// <param name="tangents">For each leaf that moves: the node holding its direction.</param>
    /// <returns>Tangents by primal node; nodes without one do not move.</returns>
    public static Dictionary<int, Node> Apply(GraphBuilder builder, Graph graph, IReadOnlyDictionary<int, Node> tangents)
    {
        var result = tangents.ToDictionary(t => t.Key, t => t.Value);
        var active = ReverseMode.Active(graph, tangents.Keys);
        for (var id = 0; id < graph.Nodes.Count; id++)
        {
            var node = graph[id];
            builder.Origin = node.Origin;
            if (node is PreviousNode p && active.Contains(p.Source))
                result[id] = builder.Previous(p.Shape, p.Axis, p.FromEnd, p.Initial >= 0
                    && result.TryGetValue(p.Initial, out var initial) ? initial : null, node.Name.Length > 0 ? node.Name + "Tangent" : "");
            if (node is ReshapeNode r && result.TryGetValue(r.Source, out var source)) result[id] = builder.Reshape(source, node.Shape);
            if (node is not ComputeNode c) continue;
            var terms = new List<Expr>();
            foreach (var load in c.Body.Loads().Where(l => result.ContainsKey(l.Node)))
            {
                if (ReverseMode.Partial(builder, c, load) is not { } partial) continue;
                var tangent = load with { Node = result[load.Node].Id, Fill = 0 };
                // What does not move moves nothing, where the derivative is infinite too: √max(x, 0) at -1.
                terms.Add(ReverseMode.MayBeInfinite(partial) ? Expr.Where(Expr.Equal(tangent, 0), 0, partial * tangent) : partial * tangent);
            }
            if (terms.Count == 0) continue;
            var combine = c.Combine == Combine.None ? Combine.None : Combine.Sum;
            var name = node.Name.Length > 0 ? node.Name + "Tangent" : "";
            // d(A·B) = dA·B + A·dB: two products that run as such; one sum over both terms would be neither.
            result[id] = terms.Count > 1 && IsProduct(c)
                ? builder.Map(t => t.Aggregate((x, y) => x + y), terms.Select(t => builder.Compute(c.Shape, c.Reduced, combine, t)).ToArray())
                : builder.Compute(c.Shape, c.Reduced, combine, terms.Aggregate((x, y) => x + y), name);
            if (result[id].Name.Length == 0 && name.Length > 0) builder.Rename(result[id], name);
            result[id] = builder[result[id].Id];
        }
        foreach (var p in graph.Nodes.OfType<PreviousNode>().Where(p => active.Contains(p.Source)))
            builder.Close((PreviousNode)result[p.Id], result.TryGetValue(p.Source, out var tangent) ? tangent
                : builder.Compute(p.Shape, new Axis[0], Combine.None, Expr.Zero));
        builder.Origin = Origin.None;
        return result;
    }

    private static bool IsProduct(ComputeNode node) => node.Combine == Combine.Sum
        && node.Body is Expr.BinaryNode { Kind: BinaryKind.Mul, A: Expr.Load, B: Expr.Load };
}
