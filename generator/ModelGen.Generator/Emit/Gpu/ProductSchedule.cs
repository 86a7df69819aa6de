using System;
using System.Linq;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>How a product is computed: a group of 256 threads, eight warps of 4×8 threads, computes a tile of the result, and each thread
/// <c>MicroM × MicroN</c> sums of it in registers.</summary>
/// <param name="TileM">Rows of a tile.</param>
/// <param name="TileN">Columns of a tile.</param>
internal sealed record ProductSchedule(int TileM, int TileN)
{
    /// <summary>Threads of a group, and the shape of a warp in threads.</summary>
    public const int Threads = 256, LaneRows = 4, LaneColumns = 8;

    private const int Warps = Threads / (LaneRows * LaneColumns);

    /// <summary>Two groups on a multiprocessor at a time: 128 registers a thread.</summary>
    public const int MinGroups = 2;

    /// <summary>Multiprocessors of a large device (H100, H200: 132).</summary>
    private const int Multiprocessors = 132;

    /// <summary>Floats of shared memory that the sums of a tile may take on their way out, at a time.</summary>
    private const int ResultFloats = 5120;

    /// <summary>With 64 the other way, for results that are as narrow: as many sums a thread as 128×128.</summary>
    private const int Longest = 256;

    private static readonly int[] Tiles = { 128, 64, 32, 16 };

    /// <summary>Rows of warps: four, but for tiles that are four times as long as wide.</summary>
    public int WarpRows => TileM == Longest ? 8 : TileN == Longest ? 2 : 4;

    /// <summary>Columns of warps.</summary>
    public int WarpColumns => Warps / WarpRows;

    /// <summary>Sums of a thread along the rows.</summary>
    public int MicroM => TileM / (WarpRows * LaneRows);

    /// <summary>Sums of a thread along the columns.</summary>
    public int MicroN => TileN / (WarpColumns * LaneColumns);

    /// <summary>Steps of k in shared memory at a time: more would make the unrolled body longer than 512 multiply-adds.</summary>
    public int Depth => MicroM * MicroN > 32 ? 8 : 16;

    /// <summary>Rows of the tile that go out through shared memory at a time: of one, two or all four rows of warps.</summary>
    public int RowsOut => new[] { TileM, TileM / 2 }.FirstOrDefault(rows => rows * LineOut <= ResultFloats) is > 0 and var rows ? rows : TileM / WarpRows;

    /// <summary>Floats of a row on its way out.</summary>
    public int LineOut => TileN + 4;

    /// <summary>The tile of the least estimated time: what the busiest multiprocessor computes, over the share of its instructions that are multiply-adds.</summary>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns.</param>
    /// <param name="batches">Results side by side.</param>
    /// <param name="isSplit">True where parts of k fill the device, whatever the tile.</param>
    public static ProductSchedule Choose(Extent m, Extent n, Extent batches, bool isSplit) =>
        (from schedule in (from tileM in Tiles from tileN in Tiles select new ProductSchedule(tileM, tileN)).Concat(new ProductSchedule[] { new(Longest, 64), new(64, Longest) })
         let groups = schedule.Groups(m, n, batches)
         let rounds = isSplit ? (double)groups : Math.Ceiling(groups / (double)Multiprocessors)
         orderby rounds * schedule.TileM * schedule.TileN / schedule.Share, schedule.TileM * schedule.TileN descending, schedule.TileM descending
         select schedule).First();

    /// <summary>Groups at a typical batch size.</summary>
    public long Groups(Extent m, Extent n, Extent batches) => Count(m, TileM) * Count(n, TileN) * batches.Typical;

    private static long Count(Extent extent, int tile) => (extent.Typical + tile - 1) / tile;

    // Of the main loop, by counting what its text becomes: loads of shared memory are four floats wide where a thread has four sums or more; a step has some
    // forty instructions for its borders and counters.
    private double Share
    {
        get
        {
            var sums = MicroM * MicroN;
            var reads = Reads(MicroM) + Reads(MicroN);
            var copies = 3.0 * (TileM + TileN) / Threads;
            return sums / (sums + reads + copies + 40.0 / Depth);
        }
    }

    private static int Reads(int sums) => sums >= 4 ? sums / 4 : sums;
}
