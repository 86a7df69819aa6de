using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How a kernel that is no product is computed for one vector width: which axis runs over the lanes, how much is done at once, and what is a
/// task.</summary>
internal sealed record LoopSchedule : CpuSchedule
{
    private readonly CpuFamily _family;

    private LoopSchedule(CpuFamily family, CpuTarget target, LoopKernel loop, LoopForm form, CopyForm? copy)
        : base(target)
    {
        (_family, Loop, Form, Copy) = (family, loop, form, copy);
        Chunk = ChunkOf(family, loop, copy);
        var last = loop.Outer.Count - 1;
        if (form != LoopForm.Outer) return;
        VectorsAtOnce = StripForm.Vectors(family, target, loop, last);
        IsInPairs = target.ComputesPairs && PairForm.Fits(family, loop, loop.Stages, last);
    }

    /// <summary>Gets the loops.</summary>
    public LoopKernel Loop { get; }

    /// <summary>Gets which axis runs over the lanes.</summary>
    public LoopForm Form { get; }

    /// <summary>Gets how data are moved, where the kernel does nothing else.</summary>
    public CopyForm? Copy { get; }

    /// <summary>Gets the points of the first outer axis in a task.</summary>
    public int Chunk { get; }

    /// <summary>Gets the vectors of columns that a sum over rows takes at once.</summary>
    public int VectorsAtOnce { get; } = 1;

    /// <summary>Gets a value indicating whether two vectors are computed at a time, because the functions of one are a latency-bound chain of
    /// operations.</summary>
    public bool IsInPairs { get; }

    /// <summary>Gets a value indicating whether the functions are computed in double precision, for a check of gradients: sums are long enough as they
    /// are.</summary>
    public bool IsDouble { get; private init; }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var form = Copy is { IsTransposed: true } ? "transposing copy" : Copy is not null ? "rows copied with a border" : Form switch
            {
                LoopForm.Scalar => "scalar loop",
                LoopForm.Outer => "vectorised over neighbouring results",
                LoopForm.Inner => "vectorised along the rows",
                _ => "pairs of vectors interleaved",
            };
            if (VectorsAtOnce > 1) form += $", {Text(VectorsAtOnce)} vectors of columns at once";
            if (IsInPairs) form += ", two vectors at a time";
            return form + (Loop.Outer.Count == Loop.StepAxes || Loop.Outer[Loop.StepAxes] is var points && !points.PerSample
                && Chunk >= points.Factor ? ", one task" : $", {Count(Chunk, "point")} in a task");
        }
    }

    /// <summary>The schedules of all widths that gain over numbers, and that of numbers.</summary>
    public static IReadOnlyList<LoopSchedule> Of(CpuFamily family, Kernel kernel)
    {
        var loop = LoopKernel.Of(kernel);
        var copy = CopyForm.Of(family, loop);
        return family.Targets.Select(t => new LoopSchedule(family, t, loop, LoopForms.Choose(family, loop, t.Lanes), copy))
            .Where(s => s.Form is not (LoopForm.Scalar or LoopForm.Copy) || s.Target.IsPlain).ToList();
    }

    /// <summary>The loops as the formula says, in double precision and in one task.</summary>
    public static LoopSchedule InDouble(CpuFamily family, LoopKernel loop) => new(family, CpuTarget.Plain, loop, LoopForm.Scalar, null) { IsDouble = true };

    /// <summary>Where the sums of a stage are cut into blocks, for accuracy; null where they are short.</summary>
    public SumBlocks? BlocksOf(LoopStage stage) => IsDouble ? null : SumBlocks.Of(stage.Inner, Form == LoopForm.Inner ? Target.Lanes : 1);

    /// <summary>Whether the positions of a window are written out one after the other.</summary>
    public bool IsUnrolled(IReadOnlyList<Axis> window) =>
        Form != LoopForm.Inner && window.Count > 0 && window.All(a => !a.PerSample)
            && window.Aggregate(1L, (p, a) => p * a.Factor) <= _family.Jit.UnrolledPositions;

    /// <summary>Gets a value indicating whether the remainder of a batch is read lane by lane where there is little to read: of a small batch it is all there
    /// is, just written by the kernel before, and a whole vector would wait for those stores.</summary>
    public bool ReadsPartially => Loop.Stages.SelectMany(s => s.Accesses).Distinct().Count() <= _family.Jit.PartialLoads;

    private static int ChunkOf(CpuFamily family, LoopKernel loop, CopyForm? copy)
    {
        if (loop.Outer.Count == loop.StepAxes) return 1;
        long work = 0;
        foreach (var stage in loop.Stages)
            work += stage.Inner.Aggregate(1L, (p, a) => p * a.Typical) * Math.Max(1, stage.Stage.Expression.SelfAndDescendants().Count());
        work *= loop.Outer.Skip(1 + loop.StepAxes).Aggregate(1L, (p, a) => p * a.Typical);
        var chunk = Math.Max(1, family.Tasks.OperationsOfALoop / Math.Max(1, work));
        var (lanes, strips) = (family.Widest.Lanes, family.Tasks.WholeStrips);
        // Lanes run over this axis: a task is whole vectors of them.
        if (copy is { IsTransposed: true } && (copy.Row == 0 || copy.Column == 0)) return (int)Math.Min((chunk + lanes - 1) / lanes * lanes, int.MaxValue / 2);
        if (loop.Outer.Count == 1 + loop.StepAxes && (chunk >= strips || LoopForms.Choose(family, loop, lanes) == LoopForm.Outer))
            chunk = Math.Max(chunk / strips * strips, StripForm.LeastLanes(family, loop, loop.StepAxes));
        return (int)Math.Min(chunk, int.MaxValue / 2);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
