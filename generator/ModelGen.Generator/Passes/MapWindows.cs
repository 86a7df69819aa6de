using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Moves a map of a value that another map computes window by window (the mask of a ReLU after the gradient of max pooling) to the windows:
/// position <c>p = 2·w + k</c> of the value becomes place k of window w, and the two maps can be one.</summary>
internal static class MapWindows
{
    public static Graph Apply(Graph graph, PassOptions options)
    {
        var consumers = Consumers.Of(graph);
        var recurrences = Recurrences.Of(graph);
        var results = new HashSet<int>(graph.Results);
        var rewriter = new Rewriter(graph);
        var made = rewriter.Run((node, moved) =>
        {
            if (node is not ComputeNode { Combine: Combine.None } map || Moved(map) is not var (windows, body)) return moved;
            var source = rewriter.Add(((ComputeNode)moved with { Type = map.Type with { Shape = windows }, Body = body }).As(Purpose.Piece(map, "windows")));
            return new ReshapeNode(0, map.Type, map.Name, map.Origin, source) { Purpose = map.Purpose, Differentiates = moved.Differentiates };
        });
        return made.Nodes.Count == graph.Nodes.Count ? graph : EliminateDeadNodes.Apply(made);

        // Lanes run over the last axis where it is long, and over pairs.
        bool FillsLanes(int length) => length == 2 || length >= options.Family.Narrowest.Lanes;

        (Shape, Expr)? Moved(ComputeNode map)
        {
            // What follows a product stays with it.
            if (recurrences[map.Id] >= 0 || map.Inputs.Any(i => graph[i] is ComputeNode c && Contraction.Matches(c))) return null;
            foreach (var joined in map.Inputs.Select(i => graph[i]).OfType<ReshapeNode>().Where(r => IsOnlyFor(r.Id, map.Id) && IsOnlyFor(r.Source, r.Id)))
            {
                var windows = graph[joined.Source].Shape;
                if (joined.Shape != map.Shape || windows.Rank <= map.Shape.Rank || graph[joined.Source] is not ComputeNode { Combine: Combine.None }
                    || !FillsLanes(windows[windows.Rank - 1].Factor)) continue;
                if (!map.Body.Loads().Where(l => l.Node == joined.Id).All(l => l.IsAtPoint)) continue;
                if (Digits(map.Shape, windows) is not { } positions || Substitution.Apply(map.Body, positions, windows.Rank) is not { } body) continue;
                var place = Expr.Load.AtPoint(rewriter.Number[joined.Source], windows.Rank);
                return (windows, Renumbering.Of(body, n => rewriter.Number[n], e => e is Expr.Load l && l.Node == joined.Id ? place : null));
            }
            return null;
        }

        bool IsOnlyFor(int id, int reader) => !results.Contains(id) && consumers[id].All(r => r == reader);
    }

    // Each axis of the whole as a number of which the windows' axes, more than its own, are the digits; null where they are not.
    private static AffineIndex[]? Digits(Shape whole, Shape windows)
    {
        var positions = new AffineIndex[whole.Rank];
        var next = 0;
        for (var d = 0; d < whole.Rank; d++)
        {
            var digits = new List<int>();
            var size = 1;
            while (next < windows.Rank && (digits.Count == 0 || size < whole[d].Factor))
            {
                if (windows[next].PerSample != (whole[d].PerSample && digits.Count == 0)) return null;
                size *= windows[next].Factor;
                digits.Add(next++);
            }
            if (size != whole[d].Factor) return null;
            positions[d] = AffineIndex.Constant(windows.Rank, 0);
            var weight = 1;
            for (var k = digits.Count - 1; k >= 0; k--)
            {
                positions[d] = positions[d].Plus(AffineIndex.Variable(windows.Rank, digits[k], weight));
                weight *= windows[digits[k]].Factor;
            }
        }
        return next == windows.Rank ? positions : null;
    }
}
