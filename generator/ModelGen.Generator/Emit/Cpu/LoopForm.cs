using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Which axis of a loop kernel runs over the lanes of a vector.</summary>
internal enum LoopForm
{
    /// <summary>None: the data do not lie in a row.</summary>
    Scalar,

    /// <summary>The last outer axis: neighbouring results side by side.</summary>
    Outer,

    /// <summary>The last inner axis of each stage: rows are reduced and written lane by lane.</summary>
    Inner,

    /// <summary>Rows copied with a border around them.</summary>
    Border,
}

internal static class LoopForms
{
    public static LoopForm Choose(LoopKernel loop, int width)
    {
        if (IsBorder(loop)) return LoopForm.Border;
        if (width == 1) return LoopForm.Scalar;
        var rows = loop.Stages.Where(s => s.Inner.Count > 0).ToList();
        var inner = rows.Count > 0 && rows.All(s => CanRunOverLanes(s, loop.Outer.Count + s.Inner.Count - 1, s.Inner[s.Inner.Count - 1], width))
            && rows.All(s => s.Stage is not ReduceStage { Combine: Combine.ArgMax });
        if (inner) return LoopForm.Inner;
        var last = loop.Outer.Count - 1;
        return last >= 0 && loop.Stages.All(s => CanRunOverLanes(s, last, loop.Outer[last], width)) ? LoopForm.Outer : LoopForm.Scalar;
    }

    private static bool CanRunOverLanes(LoopStage stage, int variable, Axis extent, int width)
    {
        if (!extent.PerSample && extent.Factor < width) return false;
        if (stage.Store is not null && stage.Store.Strides[variable] != 1) return false;
        return stage.Accesses.All(a => a.IsPlainAlong(variable) && a.Strides[variable] is 0 or 1)
            && stage.Stage.Expression.SelfAndDescendants().All(e => e is not Expr.IndexOf { Index: var i } || stage.Reindex(i) is { Divisor: 1, Lookup: null });
    }

    /// <summary>One store of one guarded read along rows: padding.</summary>
    private static bool IsBorder(LoopKernel loop)
    {
        if (loop.Stages.Count != 1 || loop.Outer.Count == 0 || loop.Stages[0].Stage is not StoreStage { Inner.Count: 0, Value: Expr.Load load }) return false;
        var (read, store) = (loop.Stages[0].Reads[load], loop.Stages[0].Store!);
        var last = loop.Outer.Count - 1;
        return read.Guards.Count > 0 && read.Special.Count == 0 && !loop.Outer[last].PerSample && read.Strides[last] == 1 && store.Strides[last] == 1
            && read.Guards.All(g => !g.Index.DependsOn(last) || g.Index.Coefficients[last] == 1 && g.Index.Coefficients.Count(c => c != 0) == 1 && !g.Size.PerSample)
            && loop.Outer[last].Factor >= 4;
    }
}
