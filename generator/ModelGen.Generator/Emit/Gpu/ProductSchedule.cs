using System.Linq;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>How a product is computed: a group of 256 threads, eight warps of 4×8 threads, computes a tile of the result, and each thread
/// <c>MicroM × MicroN</c> sums of it in registers.</summary>
internal sealed record ProductSchedule(int TileM, int TileN) : TileSchedule(TileM, TileN)
{
    /// <summary>The shape of a warp in threads.</summary>
    public static int LaneRows => GpuTarget.Large.LaneRows;

    /// <inheritdoc cref="LaneRows"/>
    public static int LaneColumns => GpuTarget.Large.WarpThreads / LaneRows;

    private static int Warps => GpuTarget.Large.GroupThreads / GpuTarget.Large.WarpThreads;

    private static int Longest => GpuTarget.Large.LongestTile;

    public override int Threads => GpuTarget.Large.GroupThreads;

    /// <summary>Two groups on a multiprocessor at a time: 128 registers a thread.</summary>
    public override int MinGroups => 2;

    /// <summary>Rows of warps: four, but for tiles that are four times as long as wide.</summary>
    public int WarpRows => TileM == Longest ? Warps : TileN == Longest ? Warps / 4 : Warps / 2;

    /// <summary>Columns of warps.</summary>
    public int WarpColumns => Warps / WarpRows;

    /// <summary>Sums of a thread along the rows.</summary>
    public int MicroM => TileM / (WarpRows * LaneRows);

    /// <summary>Sums of a thread along the columns.</summary>
    public int MicroN => TileN / (WarpColumns * LaneColumns);

    /// <summary>Steps of k in shared memory at a time: more would make the unrolled body longer than 512 multiply-adds.</summary>
    public override int Depth => MicroM * MicroN > GpuTarget.Large.SumsOfADeepStep ? GpuTarget.Large.StepDepth : 2 * GpuTarget.Large.StepDepth;

    /// <summary>Rows of the tile that go out through shared memory at a time: of one, two or all four rows of warps.</summary>
    public override int RowsOut => new[] { TileM, TileM / 2 }.FirstOrDefault(rows => rows * LineOut <= GpuTarget.Large.FloatsOut) is > 0 and var rows ? rows
        : TileM / WarpRows;

    public override int LineOut => TileN + 4;

    /// <summary>The tile of the least estimated time: what the busiest multiprocessor computes, over the share of its instructions that are
    /// multiply-adds.</summary>
    /// <inheritdoc cref="TileSchedule.Time"/>
    public static ProductSchedule Choose(Extent m, Extent n, Extent batches, bool isSplit) =>
        (from schedule in (from tileM in GpuTarget.Large.Tiles from tileN in GpuTarget.Large.Tiles select new ProductSchedule(tileM, tileN))
            .Concat(new ProductSchedule[] { new(Longest, Longest / 4), new(Longest / 4, Longest) })
         orderby schedule.Time(m, n, batches, isSplit), schedule.TileM * schedule.TileN descending, schedule.TileM descending
         select schedule).First();

    protected override double Cycles => TileM * TileN / Share / GpuTarget.Large.MultiplyAddsPerCycle;

    // Of the main loop, by counting what its text becomes: loads of shared memory are four floats wide where a thread has four sums or more, and a step
    // has borders and counters.
    private double Share
    {
        get
        {
            var sums = MicroM * MicroN;
            var reads = Reads(MicroM) + Reads(MicroN);
            var copies = 3.0 * (TileM + TileN) / Threads;
            return sums / (sums + reads + copies + (double)GpuTarget.Large.InstructionsOfAStep / Depth);
        }
    }

    private static int Reads(int sums) => sums >= 4 ? sums / 4 : sums;
}
