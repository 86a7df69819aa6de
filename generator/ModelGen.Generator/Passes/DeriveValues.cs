using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Passes;

/// <summary>Puts the kernels first whose values follow from parameters, buffers and constants alone: weights in another layout, transformed filters, the scale
/// and shift of a normalisation with running statistics. They are computed when those change, not in each prediction.</summary>
internal static class DeriveValues
{
    public static CallOrder Apply(Graph graph, CallOrder schedule)
    {
        var results = new HashSet<int>(graph.Results.Select(r => graph.Source(r)));
        var known = new HashSet<int>(graph.Nodes.OfType<LeafNode>().Where(l => l.Kind is LeafKind.Parameter or LeafKind.Buffer or LeafKind.Constant)
            .Select(l => l.Id));
        var derived = new HashSet<KernelCall>();
        for (var c = 0; c < schedule.Calls.Count; c++)
        {
            var call = schedule.Calls[c];
            if (CallOrder.Repeated(schedule.Loops, schedule.BatchLoops, c) != (c, c + 1) || !DependsOnNoBatch(call.Kernel)) continue;
            if (!call.Reads.All(r => known.Contains(schedule.Storage.Owner(r)))
                || call.Writes.Any(w => results.Contains(w) || schedule.Storage.IsPart(w))) continue;
            derived.Add(call);
            known.UnionWith(call.Writes);
        }
        if (derived.Count == 0) return schedule;
        // Loops keep their calls, further along by as many as went ahead of them.
        var ahead = new int[schedule.Calls.Count + 1];
        for (var c = schedule.Calls.Count - 1; c >= 0; c--) ahead[c] = ahead[c + 1] + (derived.Contains(schedule.Calls[c]) ? 1 : 0);
        return schedule with
        {
            Calls = schedule.Calls.OrderBy(c => derived.Contains(c) ? 0 : 1).ToList(),
            Loops = schedule.Loops.Select(l => l with { First = l.First + ahead[l.First], End = l.End + ahead[l.End] }).ToList(),
            BatchLoops = schedule.BatchLoops.Select(l => l with { First = l.First + ahead[l.First], End = l.End + ahead[l.End] }).ToList(),
            Derived = derived.Count,
        };
    }

    private static bool DependsOnNoBatch(Kernel kernel) => !kernel.Accumulates && !kernel.Outer.Any(a => a.PerSample)
        && kernel.Stages.All(s => !s.Inner.Any(a => a.PerSample)
        && !s.Expression.Has(e => e is Expr.Random or Expr.SizeOf { Axis.PerSample: true }));
}
