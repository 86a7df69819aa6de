using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>Which axis of a loop kernel runs over the lanes of a vector.</summary>
internal enum LoopForm
{
    /// <summary>None: the data do not lie in a row.</summary>
    Scalar,

    /// <summary>The last outer axis: neighbouring results side by side.</summary>
    Outer,

    /// <summary>The last inner axis of each stage: rows are reduced and written lane by lane.</summary>
    Inner,

    /// <summary>The axis before the last, where the last has two elements: pairs of vectors are woven into each other (the gradient of a 2×2
    /// window).</summary>
    Pairs,

    /// <summary>Rows copied with a border around them, or into another layout.</summary>
    Copy,
}

internal static class LoopForms
{
    public static LoopForm Choose(CpuFamily family, LoopKernel loop, int width)
    {
        if (CopyForm.Of(family, loop) is not null) return LoopForm.Copy;
        if (width == 1) return LoopForm.Scalar;
        var rows = loop.Stages.Where(s => s.Inner.Count > 0).ToList();
        var inner = rows.Count > 0 && rows.All(s => CanRunOverLanes(loop, s, loop.Outer.Count + s.Inner.Count - 1))
            && rows.All(s => !(s.Stage is ReduceStage r && Monoid.Of(r.Combine).KeepsPosition)) ? rows.Min(s => Use(s.Inner[s.Inner.Count - 1], width)) : 0;
        var last = loop.Outer.Count - 1;
        var outer = last >= loop.StepAxes && loop.Stages.All(s => CanRunOverLanes(loop, s, last)) ? Use(loop.Outer[last], width) : 0;
        var pairs = IsPairs(loop) ? Use(loop.Outer[last - 1], width) : 0;
        var best = Math.Max(pairs, Math.Max(inner, outer));
        if (best < family.Crossovers.ShareOfLanes) return LoopForm.Scalar;
        return inner == best ? LoopForm.Inner : outer == best ? LoopForm.Outer : LoopForm.Pairs;
    }

    /// <summary>The share of lanes at work when an axis is cut into vectors.</summary>
    private static double Use(Axis extent, int width) => extent.PerSample ? 1 : (double)extent.Factor / ((extent.Factor + width - 1) / width * width);

    private static bool CanRunOverLanes(LoopKernel loop, LoopStage stage, int variable) =>
        (stage.Store is null || stage.Store.Strides[variable] == 1)
        && stage.Reads.Values.All(a => a.IsPlainAlong(variable) && FillsLanes(loop, a, variable))
        && stage.PositionsAreLinear;

    // Neighbours, one number for all, or every other number.
    private static bool FillsLanes(LoopKernel loop, Access read, int variable) =>
        read.Strides[variable] is 0 or 1 || read.Strides[variable] == 2 && loop.Kernel.Arguments[read.Argument].Element == ElementType.F32;

    private static bool IsPairs(LoopKernel loop)
    {
        var last = loop.Outer.Count - 1;
        return last >= 1 + loop.StepAxes && loop.Outer[last] == new Axis(2, false) && loop.Stages.Count == 1
            && loop.Stages[0] is { Store: { } store, Inner.Count: 0 } stage
            && store.Strides[last] == 1 && store.Strides[last - 1] == 2
            && stage.Reads.Values.All(a => a.IsPlainAlong(last) && a.IsPlainAlong(last - 1) && FillsLanes(loop, a, last - 1))
            && stage.PositionsAreLinear;
    }
}
