using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How a transform of tiles (before and after the products of Winograd's convolution) is shared out, for one vector width.</summary>
/// <param name="Plan">What lies in registers.</param>
/// <param name="SharedLoops">The outermost loops, as many of them, whose points tasks are made of: two, since the first may be a few samples only.</param>
/// <param name="Points">The points of those loops.</param>
/// <param name="Chunk">Points of a task.</param>
internal sealed record TransformSchedule(CpuTarget Target, TransformPlan Plan, int SharedLoops, Axis Points, int Chunk) : CpuSchedule(Target)
{
    /// <inheritdoc/>
    public override string Description => $"tile in registers, {(Target.IsPlain ? "channel by channel" : "vectorised over channels")}, "
        + $"{Count(Chunk, "row")} of tiles in a task";

    /// <summary>The schedules of all widths that fill a vector, and that of numbers; null where the kernel is no transform whose data lie in rows.</summary>
    public static IReadOnlyList<TransformSchedule>? Of(CpuFamily family, Kernel kernel)
    {
        if (TransformPlan.Of(kernel) is not { } plan) return null;
        var shared = Math.Min(2, plan.Loops.Count(v => !kernel.Outer[v].PerSample || v == plan.Loops[0]));
        var points = new Axis(plan.Loops.Take(shared).Aggregate(1, (p, v) => p * Groups(plan, v)), kernel.Outer[plan.Loops[0]].PerSample);
        long work = plan.Axes.Aggregate(1L, (p, a) => p * a.Inputs) * plan.Lanes;
        foreach (var loop in plan.Loops.Skip(shared)) work *= Groups(plan, loop) * (kernel.Outer[loop].PerSample ? Axis.TypicalBatch : 1);
        var chunk = (int)Math.Max(1, Math.Min(family.Tasks.OperationsOfALoop / Math.Max(1, work), points.PerSample ? family.Tasks.MostPoints : points.Factor));
        return family.Targets.Where(t => t.IsPlain || plan.Lanes >= t.Lanes).Select(t => new TransformSchedule(t, plan, shared, points, chunk)).ToList();
    }

    /// <summary>Groups of tiles along a variable.</summary>
    public static int Groups(TransformPlan plan, int variable) => (plan.Kernel.Outer[variable].Factor + plan.StepOf(variable) - 1) / plan.StepOf(variable);
}
