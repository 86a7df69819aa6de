using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Programs;

/// <summary>What the kernel calls of a program move between memory and registers.</summary>
/// <remarks>A memory pass is one call that reads, or writes, one tensor of the batch or of the workspace: an input, a value between kernels, an
/// output. However often its loops come by a tensor, it is one pass, and what a call has itself written is read back from the cache and is none.
/// The kernels of a recurrence count once for all steps. Weights, gradients, running statistics, constants and the loss are not counted: any
/// plan has to touch them, and they do not scale with the batch.</remarks>
/// <param name="FloatsPerSample">Elements moved by all passes for each sample of the batch, labels among them.</param>
/// <param name="FloatsFixed">Elements moved however large the batch is.</param>
internal sealed record MemoryTraffic(int Reads, int Writes, long FloatsPerSample, long FloatsFixed)
{
    public int Passes => Reads + Writes;

    public static MemoryTraffic Of(Program program)
    {
        int reads = 0, writes = 0;
        long perSample = 0, constant = 0;
        for (var c = 0; c < program.Calls.Count; c++)
        {
            var call = program.Calls[c];
            var steps = program.Loops.FirstOrDefault(l => l.First <= c && c < l.End)?.Steps ?? 1;
            var accesses = Accesses(call).Where(a => IsCounted(program.Places[a.Node].Region)).ToList();
            var written = new HashSet<(int, int)>(accesses.Where(a => a.IsWrite).Select(a => Memory(program, a.Node)));
            foreach (var pass in accesses.Where(a => a.IsWrite || !written.Contains(Memory(program, a.Node)))
                .GroupBy(a => (Memory(program, a.Node), a.IsWrite)))
            {
                if (pass.Key.IsWrite) writes++;
                else reads++;
                var whole = program.Graph[pass.First().Node].Shape;
                var (count, isPerSample) = Moved(program, call, pass.ToList(), steps);
                if (isPerSample) perSample += count;
                else constant += count;
            }
        }
        return new(reads, writes, perSample, constant);
    }

    /// <summary>True where passes over a tensor that lies there are counted.</summary>
    public static bool IsCounted(Region region) => region is Region.Input or Region.Workspace or Region.Output;

    private readonly record struct Touch(int Node, bool IsWrite, EquatableArray<AffineIndex> Index, IReadOnlyList<Axis> Axes);

    private static IEnumerable<Touch> Accesses(KernelCall call)
    {
        foreach (var stage in call.Kernel.Stages)
        {
            IReadOnlyList<Axis> axes = call.Kernel.Outer.Concat(stage.Inner);
            foreach (var load in stage.Expression.Loads().Distinct()) yield return new(call.Arguments[load.Node], false, load.Index, axes);
            if (stage is StoreStage s) yield return new(call.Arguments[s.Argument], true, s.Index, axes);
        }
    }

    // Views of the same memory are one tensor; the states of a recurrence before and after a step are two.
    private static (int, int) Memory(Program program, int node) => (program.Storage.Owner(node), program.Storage[node].Start);

    // Several reads of one tensor may look at different parts of it; together they are at most the whole, and that in each step which has no part of its own.
    private static (long Count, bool PerSample) Moved(Program program, KernelCall call, IReadOnlyList<Touch> pass, int steps)
    {
        var whole = program.Graph[pass[0].Node].Shape;
        var again = call.Kernel.IsStepped && !pass.Any(t => t.Index.Any(i => i.DependsOn(0))) ? steps : 1;
        // Views of one memory may have other axes each.
        var parts = pass.Select(t => Elements(t, program.Graph[t.Node].Shape)).ToList();
        var isPerSample = parts.Any(p => p.PerSample);
        return (again * Math.Min(whole.Length.Factor, parts.Where(p => p.PerSample == isPerSample).Sum(p => p.Count)), isPerSample);
    }

    // At most as many positions along each axis as the variables of its index have values.
    private static (long Count, bool PerSample) Elements(Touch touch, Shape shape)
    {
        var count = 1L;
        var perSample = false;
        for (var d = 0; d < shape.Rank; d++)
        {
            var used = Enumerable.Range(0, touch.Axes.Count).Where(j => touch.Index[d].DependsOn(j)).Select(j => touch.Axes[j]).ToList();
            var hasBatch = used.Any(a => a.PerSample);
            var positions = used.Aggregate(1L, (p, a) => Math.Min(int.MaxValue, p * a.Factor));
            var isWhole = hasBatch == shape[d].PerSample ? positions >= shape[d].Factor : hasBatch;
            count *= isWhole ? shape[d].Factor : positions;
            perSample |= isWhole ? shape[d].PerSample : hasBatch;
        }
        return (count, perSample);
    }
}
