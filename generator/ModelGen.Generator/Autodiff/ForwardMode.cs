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
            (builder.Origin, builder.Differentiates) = (node.Origin, id);
            var first = builder.Count;
            if (node is PreviousNode p && active.Contains(p.Source))
                result[id] = builder.Previous(p.Shape, p.Axis, p.FromEnd, p.Initial >= 0
                    && result.TryGetValue(p.Initial, out var initial) ? initial : null, Purpose.Tangent(node));
            if (node is ReshapeNode r && result.TryGetValue(r.Source, out var source)) result[id] = Named(builder.Reshape(source, node.Shape), node);
            if (node is not ComputeNode c) continue;
            var terms = new List<(int Of, Expr Tangent)>();
            foreach (var load in c.Body.Loads().Where(l => result.ContainsKey(l.Node)))
            {
                if (ReverseMode.Partial(builder, c, load) is not { } partial) continue;
                var tangent = load with { Node = result[load.Node].Id, Fill = 0 };
                // What does not move moves nothing, where the derivative is infinite too: √max(x, 0) at -1.
                terms.Add((load.Node, ReverseMode.MayBeInfinite(partial) ? Expr.Where(Expr.Equal(tangent, 0), 0, partial * tangent) : partial * tangent));
            }
            if (terms.Count == 0) continue;
            var combine = c.Combine == Combine.None ? Combine.None : Combine.Sum;
            // d(A·B) = dA·B + A·dB: two products that run as such; one sum over both terms would be neither.
            result[id] = terms.Count > 1 && IsProduct(c)
                ? builder.Map(t => t.Aggregate((x, y) => x + y), terms
                    .Select(t => builder.Compute(c.Shape, c.Reduced, combine, t.Tangent, Purpose.Tangent(c, "from_" + graph[t.Of].Name))).ToArray())
                : builder.Compute(c.Shape, c.Reduced, combine, terms.Select(t => t.Tangent).Aggregate((x, y) => x + y));
            result[id] = Named(result[id], node);
            builder.NameOthers(first, n => Purpose.Tangent(node, Purpose.WordOf(n)));
        }
        foreach (var p in graph.Nodes.OfType<PreviousNode>().Where(p => active.Contains(p.Source)))
            builder.Close((PreviousNode)result[p.Id], result.TryGetValue(p.Source, out var tangent) ? tangent
                : builder.Compute(p.Shape, new Axis[0], Combine.None, Expr.Zero, Purpose.Tangent(graph[p.Source])));
        (builder.Origin, builder.Differentiates) = (Origin.None, -1);
        return result;

        Node Named(Node tangent, Node of)
        {
            if (builder[tangent.Id].Name.Length == 0) builder.Name(tangent, Purpose.Tangent(of));
            return builder[tangent.Id];
        }
    }

    private static bool IsProduct(ComputeNode node) => node.Combine == Combine.Sum
        && node.Body is Expr.BinaryNode { Kind: BinaryKind.Mul, A: Expr.Load, B: Expr.Load };
}
