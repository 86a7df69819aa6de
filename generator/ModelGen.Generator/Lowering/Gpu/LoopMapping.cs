using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How the points of a loop kernel are shared out: a group has <c>Points × Parts</c> threads, and the parts of a point share its
/// inner loops.</summary>
/// <param name="Points">Outer points of a group.</param>
/// <param name="Parts">Threads for each point, a power of two; 1 where a thread does its point alone.</param>
/// <param name="PartsAdjacent">True where the threads of one point are neighbours (its data are a row), false where neighbouring
/// threads take neighbouring points (the data of a point are a column).</param>
internal readonly record struct LoopMapping(int Points, int Parts, bool PartsAdjacent)
{
    public int Threads => Points * Parts;

    /// <summary>True where several threads share the inner loops of a point.</summary>
    public bool IsShared => Parts > 1;

    /// <param name="parts">Parts into which the inner loops were split already.</param>
    public static LoopMapping Of(GpuTarget target, LoopKernel loop, int parts)
    {
        int threads = target.GroupThreads, most = target.MostGroupThreads, warp = target.WarpThreads;
        var alone = new LoopMapping(threads, 1, false);
        var points = Extent.Of(loop.Outer.Skip(loop.StepAxes)).At(target.TypicalBatch);
        var inner = loop.Stages.Max(s => Extent.Of(s.Inner).At(target.TypicalBatch)) / parts;
        if (inner < target.SharedPointFrom && parts == 1) return alone;
        var reads = loop.Stages.Where(s => s.Inner.Count > 0)
            .SelectMany(s => s.Accesses.Select(a => (Access: a, Last: loop.Outer.Count + s.Inner.Count - 1))).ToList();
        var alongRow = reads.Count(r => r.Access.Strides[r.Last] == 1);
        var alongPoints = loop.Outer.Count == loop.StepAxes ? 0 : reads.Count(r => r.Access.Strides[loop.Outer.Count - 1] == 1);
        if (alongPoints > alongRow)
        {
            if (points >= target.PointsWithoutSharing && parts == 1) return alone;
            return new(warp, (inner >= target.LongRow ? most : threads) / warp, false);
        }
        // Two rounds of a thread at least, and no more threads than there are elements.
        if (inner < 2 * warp) return new(threads / warp, warp, true);
        if (inner < threads) return new(threads / (2 * warp), 2 * warp, true);
        return new(1, inner >= target.LongRow && points < target.PointsThatFill ? most : threads, true);
    }
}
