using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>How the points of a loop kernel are shared out: a group has <c>Points × Parts</c> threads, and the parts of a point share its
/// inner loops.</summary>
/// <param name="Points">Outer points of a group.</param>
/// <param name="Parts">Threads for each point, a power of two; 1 where a thread does its point alone.</param>
/// <param name="PartsAdjacent">True where the threads of one point are neighbours (its data are a row), false where neighbouring
/// threads take neighbouring points (the data of a point are a column).</param>
internal readonly record struct LoopMapping(int Points, int Parts, bool PartsAdjacent)
{
    public int Threads => Points * Parts;

    /// <param name="parts">Parts into which the inner loops were split already.</param>
    public static LoopMapping Of(LoopKernel loop, int parts)
    {
        int threads = GpuTarget.Large.GroupThreads, most = GpuTarget.Large.MostGroupThreads, warp = GpuTarget.Large.WarpThreads;
        var alone = new LoopMapping(threads, 1, false);
        var points = Extent.Of(loop.Outer.Skip(loop.StepAxes)).Typical;
        var inner = loop.Stages.Max(s => Extent.Of(s.Inner).Typical) / parts;
        if (inner < GpuTarget.Large.SharedPointFrom && parts == 1) return alone;
        var reads = loop.Stages.Where(s => s.Inner.Count > 0)
            .SelectMany(s => s.Accesses.Select(a => (Access: a, Last: loop.Outer.Count + s.Inner.Count - 1))).ToList();
        var alongRow = reads.Count(r => r.Access.Strides[r.Last] == 1);
        var alongPoints = loop.Outer.Count == loop.StepAxes ? 0 : reads.Count(r => r.Access.Strides[loop.Outer.Count - 1] == 1);
        if (alongPoints > alongRow)
        {
            if (points >= GpuTarget.Large.PointsWithoutSharing && parts == 1) return alone;
            return new(warp, (inner >= GpuTarget.Large.LongRow ? most : threads) / warp, false);
        }
        // Two rounds of a thread at least, and no more threads than there are elements.
        if (inner < 2 * warp) return new(threads / warp, warp, true);
        if (inner < threads) return new(threads / (2 * warp), 2 * warp, true);
        return new(1, inner >= GpuTarget.Large.LongRow && points < GpuTarget.Large.PointsThatFill ? most : threads, true);
    }
}
