using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>Stages of a point that are computed together: neighbouring reductions over the same axes share a loop, every other stage stands alone.</summary>
/// <param name="Stages">The stages.</param>
/// <param name="IsUnrolled">Whether the rounds of the loop are written out.</param>
/// <param name="Blocks">Where the sums are cut into blocks, for accuracy; null where they are short.</param>
/// <param name="HasBarrier">Whether the threads of the group wait for each other before it.</param>
internal sealed record PointPhase(IReadOnlyList<LoopStage> Stages, bool IsUnrolled, SumBlocks? Blocks, bool HasBarrier)
{
    /// <summary>Gets the axes of the loop.</summary>
    public IReadOnlyList<Axis> Inner => Stages[0].Inner;

    public bool IsReduction => Stages[0].Stage is ReduceStage;

    /// <summary>Gets the reductions whose parts the threads of a point combine.</summary>
    public IEnumerable<ReduceStage> Combined => IsReduction && Inner.Count > 0 ? Stages.Select(s => (ReduceStage)s.Stage) : Enumerable.Empty<ReduceStage>();
}

/// <summary>What the threads of a point may leave to each other in memory.</summary>
/// <param name="Written">The arguments, or what stands for them, that a stage stores to.</param>
/// <param name="MayOverwrite">True where a store to the second may overwrite elements of the first.</param>
internal sealed record PointMemory(Func<LoopStage, IEnumerable<int>> Written, Func<int, int, bool> MayOverwrite)
{
    /// <summary>The arguments of a kernel: one of the same length may lie in the place of another.</summary>
    public static PointMemory Of(Kernel kernel) => new(stage => stage.Store is { } store ? new[] { store.Argument } : Array.Empty<int>(),
        (read, written) => read != written && kernel.Arguments[read].Shape.Length == kernel.Arguments[written].Shape.Length);
}

/// <summary>How what is computed at an outer point is computed: its values, sums and stores, one phase after the other. The inner loops run in one thread, or
/// in several that combine their parts in shared memory in a fixed order.</summary>
/// <param name="Phases">In order.</param>
/// <param name="Mapping">The threads.</param>
/// <param name="Parts">The first outer axis numbers so many parts of the inner loops; 1 where they are whole.</param>
internal sealed record PointSchedule(IReadOnlyList<PointPhase> Phases, LoopMapping Mapping, int Parts)
{
    /// <summary>Gets the shared arrays of floats that the sums of a phase need at most, one element for each thread of the group.</summary>
    public int SharedFloats => Mapping.IsShared ? Phases.Select(p => p.Combined.Count()).DefaultIfEmpty().Max() : 0;

    /// <summary>Gets the shared arrays of positions.</summary>
    public int SharedIntegers => Mapping.IsShared
        ? Phases.Select(p => p.Combined.Count(r => Monoid.Of(r.Combine).KeepsPosition)).DefaultIfEmpty().Max() : 0;

    public static PointSchedule Of(GpuTarget target, IReadOnlyList<LoopStage> stages, LoopMapping mapping, PointMemory memory, int parts = 1)
    {
        HashSet<int> written = new(), read = new();
        var phases = new List<PointPhase>();
        foreach (var own in Phased(stages))
        {
            // What a former stage stored may be read by other threads of the point; and a value written in place of an operand must not
            // overtake a thread that has still to read it.
            var hasBarrier = mapping.IsShared && (own.Any(s => s.Reads.Values.Any(a => written.Contains(a.Argument)))
                || own.Any(s => s.Inner.Count == 0 && memory.Written(s).Any(w => read.Any(r => memory.MayOverwrite(r, w)))));
            if (hasBarrier) Forget();
            foreach (var stage in own)
            {
                read.UnionWith(stage.Reads.Values.Select(a => a.Argument));
                written.UnionWith(memory.Written(stage));
            }
            // The combination of parts has waited for all threads.
            if (mapping.IsShared && own[0].Stage is ReduceStage) Forget();
            var isUnrolled = !mapping.IsShared && IsUnrolled(target, own);
            var blocks = own[0].Stage is not ReduceStage || isUnrolled ? null
                : SumBlocks.Of(own[0].Inner, mapping.IsShared ? mapping.Parts * parts : 1, asOne: mapping.IsShared);
            phases.Add(new(own, isUnrolled, blocks, hasBarrier));
        }
        return new(phases, mapping, parts);

        void Forget()
        {
            written.Clear();
            read.Clear();
        }
    }

    // ILGPU unrolls nothing.
    private static bool IsUnrolled(GpuTarget target, IReadOnlyList<LoopStage> phase)
    {
        var rounds = Extent.Of(phase[0].Inner);
        var size = phase.Sum(s => s.Stage.Expression.SelfAndDescendants().Count() + 4 * s.Reads.Values.Sum(a => a.Guards.Count));
        return rounds.IsLiteral && rounds.Factor <= target.UnrolledRounds && rounds.Factor * size <= target.UnrolledOperations;
    }

    private static IEnumerable<IReadOnlyList<LoopStage>> Phased(IReadOnlyList<LoopStage> stages)
    {
        var phase = new List<LoopStage>();
        foreach (var stage in stages)
        {
            if (phase.Count > 0 && !Joins(phase, stage))
            {
                yield return phase;
                phase = new List<LoopStage>();
            }
            phase.Add(stage);
        }
        if (phase.Count > 0) yield return phase;
    }

    private static bool Joins(List<LoopStage> phase, LoopStage stage)
    {
        if (phase[0].Stage is not ReduceStage first || stage.Stage is not ReduceStage next) return false;
        if (first.Inner != next.Inner || !phase[0].Inner.SequenceEqual(stage.Inner)) return false;
        return !phase.Any(s => next.Body.Contains(new Expr.Local(((ReduceStage)s.Stage).Local)));
    }
}
