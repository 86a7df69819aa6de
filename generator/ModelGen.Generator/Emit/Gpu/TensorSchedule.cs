using System.Linq;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>How a product is computed on tensor cores: a group of 128 threads, two warps below each other and two beside each other, computes a tile of the
/// result, and each warp a quarter of it by products of 16×8 elements over 8 of k.</summary>
internal sealed record TensorSchedule(int TileM, int TileN) : TileSchedule(TileM, TileN)
{
    /// <summary>Steps of k in shared memory at a time: 64 bytes.</summary>
    public static int StepDepth => GpuTarget.Large.TensorStepDepth;

    /// <summary>Rows and columns of warps.</summary>
    public static int WarpRows => GpuTarget.Large.TensorWarps;

    /// <inheritdoc cref="WarpRows"/>
    public static int WarpColumns => GpuTarget.Large.TensorWarps;

    /// <summary>Stages in shared memory: the copies of two steps are under way while one is computed.</summary>
    public static int Stages => GpuTarget.Large.TensorStages;

    public override int Threads => WarpRows * WarpColumns * GpuTarget.Large.WarpThreads;

    /// <summary>As many as leave a thread 255, 168 or 128 registers, for 128, 64 or 32 sums.</summary>
    public override int MinGroups => (TileM + TileN) switch { 256 => 2, 192 => 3, _ => 4 };

    public override int Depth => StepDepth;

    /// <summary>The rows of one row of warps.</summary>
    public override int RowsOut => WarpM;

    /// <summary>Pairs of sums of half a warp fall into different banks.</summary>
    public override int LineOut => TileN + 8;

    /// <summary>Rows of a warp.</summary>
    public int WarpM => TileM / WarpRows;

    /// <summary>Columns of a warp.</summary>
    public int WarpN => TileN / WarpColumns;

    /// <summary>Each warp reads its rows and its columns, and the copies write both; the products themselves take less.</summary>
    protected override double Cycles => (WarpRows * WarpColumns * (WarpM + WarpN) + TileM + TileN) * sizeof(float) / GpuTarget.Large.SharedBytesPerCycle;

    /// <summary>The tile of the least estimated time; null where the FP32 form would take as little, or the product is small.</summary>
    /// <param name="other">The FP32 form.</param>
    /// <param name="k">The products of a sum.</param>
    /// <inheritdoc cref="TileSchedule.Time"/>
    public static TensorSchedule? Choose(ProductSchedule other, Extent m, Extent n, Extent k, Extent batches, bool isSplit)
    {
        if (m.Typical < GpuTarget.Large.LeastTensorSide || n.Typical < GpuTarget.Large.LeastTensorSide
            || k.Typical < GpuTarget.Large.LeastTensorSide) return null;
        var best = (from tileM in GpuTarget.Large.TensorTiles
                    from tileN in GpuTarget.Large.TensorTiles
                    let schedule = new TensorSchedule(tileM, tileN)
                    orderby schedule.Time(m, n, batches, isSplit), tileM * tileN descending, tileM descending
                    select schedule).First();
        return best.Time(m, n, batches, isSplit) < other.Time(m, n, batches, isSplit) ? best : null;
    }
}
