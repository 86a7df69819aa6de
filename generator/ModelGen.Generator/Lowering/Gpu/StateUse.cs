using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A read or a store of a tensor that the steps of a recurrence write.</summary>
/// <param name="Owner">The node that its memory is counted by.</param>
/// <param name="Call">The call inside the loop.</param>
/// <param name="Stage">The stage of that call.</param>
/// <param name="IsSum">Whether the stage is the sum of a product.</param>
/// <param name="Offset">Where the first element lies in the memory.</param>
internal sealed record StateUse(int Owner, int Call, int Stage, LoopKernel Loop, Access Access, bool IsStore, bool IsSum, long Offset)
{
    public int StepStride => Access.Strides[0];

    public int SampleStride => Access.Strides[Sample];

    /// <summary>The first element of the first step and sample.</summary>
    public long First => Offset + Reach.Where(r => r < 0).Sum();

    /// <summary>The last one of them.</summary>
    public long Last => Offset + Reach.Where(r => r > 0).Sum();

    private int Sample => Enumerable.Range(1, Loop.Outer.Count - 1).First(j => Loop.Outer[j].PerSample);

    private IReadOnlyList<Axis> Inner => Loop.Stages[Stage].Inner;

    private IEnumerable<long> Reach => Loop.Outer.Concat(Inner).Select((axis, j) => j == 0 || j == Sample ? 0 : Access.Strides[j] * (axis.Factor - 1L));

    /// <summary>True where a read of the state before the step may come behind a store of the state after it. A product's sums are complete before anything is
    /// stored; else a thread has points of its own, whose stages follow each other.</summary>
    public bool MeetsLater(StateUse store)
    {
        if (Call != store.Call) return Call > store.Call;
        if (IsSum) return false;
        bool isOwn = Inner.Count == 0 && store.Inner.Count == 0 && Access.Strides == store.Access.Strides && Math.Abs(Offset - store.Offset) == StepStride;
        return !isOwn || Stage > store.Stage;
    }
}
