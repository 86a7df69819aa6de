using System;
using System.Linq;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The tile of a product in FP32: a group of 256 threads, eight warps of 4×8 threads, computes a tile of the result, and each thread
/// <c>MicroM × MicroN</c> sums of it in registers.</summary>
internal sealed record FloatTile(GpuTarget Target, int TileM, int TileN) : ProductTile(Target, TileM, TileN)
{
    /// <summary>The shape of a warp in threads.</summary>
    public int LaneRows => Target.LaneRows;

    /// <inheritdoc cref="LaneRows"/>
    public int LaneColumns => Target.WarpThreads / LaneRows;

    public override int Threads => Target.GroupThreads;

    /// <summary>Two groups on a multiprocessor at a time: 128 registers a thread.</summary>
    public override int MinGroups => 2;

    /// <summary>Rows of warps: four, but for tiles that are four times as long as wide.</summary>
    public int WarpRows => TileM == Target.LongestTile ? Warps : TileN == Target.LongestTile ? Warps / 4 : Warps / 2;

    /// <summary>Columns of warps.</summary>
    public int WarpColumns => Warps / WarpRows;

    /// <summary>The threads that a row of warps has.</summary>
    public int ThreadsOfAWarpRow => Target.WarpThreads * WarpColumns;

    /// <summary>Sums of a thread along the rows.</summary>
    public int MicroM => TileM / (WarpRows * LaneRows);

    /// <summary>Sums of a thread along the columns.</summary>
    public int MicroN => TileN / (WarpColumns * LaneColumns);

    /// <summary>Steps of k in shared memory at a time: more would make the unrolled body longer than 512 multiply-adds.</summary>
    public override int Depth => MicroM * MicroN > Target.SumsOfADeepStep ? Target.StepDepth : 2 * Target.StepDepth;

    /// <summary>The next step's elements are under way while this one's are multiplied.</summary>
    public override int Stages => 2;

    /// <summary>Rows of the tile that go out through shared memory at a time: of one, two or all four rows of warps.</summary>
    public override int RowsOut => new[] { TileM, TileM / 2 }.FirstOrDefault(rows => rows * LineOut <= Target.FloatsOut) is > 0 and var rows ? rows
        : TileM / WarpRows;

    public override int LineOut => TileN + 4;

    public override string Share => FormattableString.Invariant($"{MicroM}×{MicroN} sums in a thread");

    protected override double Cycles => TileM * TileN / ShareOfSums / Target.MultiplyAddsPerCycle;

    private int Warps => Target.GroupThreads / Target.WarpThreads;

    // Of the main loop, by counting what its text becomes: loads of shared memory are four floats wide where a thread has four sums or more, and a step
    // has borders and counters.
    private double ShareOfSums
    {
        get
        {
            var sums = MicroM * MicroN;
            var reads = Reads(MicroM) + Reads(MicroN);
            var copies = 3.0 * (TileM + TileN) / Threads;
            return sums / (sums + reads + copies + (double)Target.InstructionsOfAStep / Depth);
        }
    }

    public override int FloatsOfStages(OperandCopy a, OperandCopy b) => Stages * (a.StageFloats + b.StageFloats);

    /// <summary>The tile of the least estimated time: what the busiest multiprocessor computes, over the share of its instructions that are
    /// multiply-adds.</summary>
    /// <inheritdoc cref="ProductTile.Time"/>
    public static FloatTile Choose(GpuTarget target, Extent m, Extent n, Extent batches, bool isSplit) =>
        (from tile in (from tileM in target.Tiles from tileN in target.Tiles select new FloatTile(target, tileM, tileN))
            .Concat(new FloatTile[] { new(target, target.LongestTile, target.LongestTile / 4), new(target, target.LongestTile / 4, target.LongestTile) })
         orderby tile.Time(m, n, batches, isSplit), tile.TileM * tile.TileN descending, tile.TileM descending
         select tile).First();

    private static int Reads(int sums) => sums >= 4 ? sums / 4 : sums;
}
