using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Takes a map apart whose reads are each inside for a stretch of one axis only (a concatenation, the gradients of slices added up): each
/// stretch becomes a map of its own without tests, computed where it belongs in the whole.</summary>
internal static class JoinPieces
{
    public static Graph Apply(Graph graph, PassOptions options)
    {
        var recurrences = Recurrences.Of(graph);
        var states = new HashSet<int>(graph.Nodes.OfType<PreviousNode>().Select(p => p.Source));
        var rewriter = new Rewriter(graph);
        return rewriter.Run((node, moved) =>
        {
            if (node is not ComputeNode c || states.Contains(c.Id) || Pieces(options, graph, c) is not { } pieces || recurrences[node.Id] >= 0
                && recurrences.StepAxis(node.Id) == pieces.Axis) return moved;
            var parts = pieces.Bodies.Select((p, k) => rewriter.Add(Renumbering.Of(
                (c with { Type = new(c.Type.Element, p.Shape), Body = p.Body }).As(
                    Purpose.Piece(c, "part" + (k + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))), rewriter.Number))).ToEquatableArray();
            return new JoinNode(0, c.Type, c.Name, c.Origin, pieces.Axis, parts) { Purpose = c.Purpose, Differentiates = moved.Differentiates };
        });
    }

    private static (int Axis, IReadOnlyList<(Shape Shape, Expr Body)> Bodies)? Pieces(PassOptions options, Graph graph, ComputeNode node)
    {
        if (node.Combine != Combine.None) return null;
        var guarded = node.Body.Loads().Where(l => !IsInside(graph, l, node.Shape.Axes)).ToList();
        if (guarded.Count < 2) return null;
        // The one axis that decides, and where along it.
        var axis = -1;
        var cuts = new SortedSet<int>();
        foreach (var load in guarded)
            for (var d = 0; d < load.Index.Count; d++)
            {
                var (index, size) = (load.Index[d], graph[load.Node].Shape[d]);
                if (index.AlwaysInside(node.Shape.Axes, size)) continue;
                var own = (index with { Offset = 0 }).AsVariable();
                if (own < 0 || size.PerSample || node.Shape[own].PerSample || axis >= 0 && own != axis) return null;
                axis = own;
                cuts.Add(-index.Offset);
                cuts.Add(size.Factor - index.Offset);
            }
        var length = node.Shape[axis].Factor;
        cuts.RemoveWhere(c => c <= 0 || c >= length);
        var starts = cuts.Prepend(0).ToList();
        if (starts.Count < 2 || starts.Count > options.Family.Crossovers.PiecesOfAMap) return null;
        var bodies = new List<(Shape, Expr)>();
        for (var k = 0; k < starts.Count; k++)
        {
            var size = (k + 1 < starts.Count ? starts[k + 1] : length) - starts[k];
            var shape = new Shape(node.Shape.Axes.With(axis, node.Shape[axis].WithSize(size)));
            var rank = shape.Rank;
            var variables = Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, j, 1, j == axis ? starts[k] : 0)).ToArray();
            if (Substitution.Apply(node.Body, variables, rank) is not { } body
                || !guarded.Any(l => IsInside(graph, (Expr.Load)Substitution.Apply(l, variables, rank)!, shape.Axes))) return null;
            bodies.Add((shape, Settled(graph, body, shape.Axes)));
        }
        return (axis, bodies);
    }

    // Within a piece each read is inside, or outside.
    private static Expr Settled(Graph graph, Expr body, IReadOnlyList<Axis> axes) => body.Replace(e => e switch
    {
        Expr.SelectNode { Condition: Expr.Valid v } s when IsInside(graph, v.Of, axes) => Settled(graph, s.Then, axes),
        Expr.SelectNode { Condition: Expr.Valid v } s when IsOutside(graph, v.Of, axes) => Settled(graph, s.Else, axes),
        Expr.Load l when IsOutside(graph, l, axes) => l.Fill,
        _ => null,
    });

    private static bool IsInside(Graph graph, Expr.Load load, IReadOnlyList<Axis> axes) =>
        load.Index.Select((i, d) => i.AlwaysInside(axes, graph[load.Node].Shape[d])).All(inside => inside);

    private static bool IsOutside(Graph graph, Expr.Load load, IReadOnlyList<Axis> axes) => load.Index.Select((i, d) =>
        i is { Divisor: 1, Lookup: null } && i.NumeratorRange(axes) is var (low, high) && !graph[load.Node].Shape[d].PerSample
            && (high < 0 || low >= graph[load.Node].Shape[d].Factor)).Any(outside => outside);
}
