using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Passes;

/// <summary>Which values get a gap after each row, because without it the rows would lie a multiple of a large power of two apart: the same element of
/// many rows would then compete for the few places that a cache has for such addresses, and a store would hold up loads of the row one page along.</summary>
internal static class SpreadRows
{
    /// <param name="taken">Values whose places are settled otherwise.</param>
    public static IEnumerable<int> Of(Graph graph, CpuFamily family, Recurrences recurrences, Consumers consumers, ISet<int> taken)
    {
        var kept = new HashSet<int>(graph.Results.Select(r => graph.Source(r)).Concat(taken));
        foreach (var node in graph.Nodes.OfType<ComputeNode>())
        {
            var shape = node.Shape;
            if (shape.Rank < 2 || !shape[0].PerSample || shape[shape.Rank - 1] is not { PerSample: false } row
                || row.Factor % family.Caches.FarApartFloats != 0) continue;
            if (node.Block is null && recurrences[node.Id] < 0 && !kept.Contains(node.Id) && AreViews(node.Id)) yield return node.Id;
        }

        bool AreViews(int id) => consumers[id].All(reader => graph[reader] switch
        {
            ComputeNode => recurrences[reader] < 0,
            ReshapeNode r => IsView(r) && AreViews(reader),
            _ => false,
        });

        bool IsView(ReshapeNode r)
        {
            var source = graph[graph.Source(r.Id)].Shape;
            return Storage.View(source, Storage.Spread(source, family.Caches.LineFloats), r.Shape) is not null;
        }
    }
}
