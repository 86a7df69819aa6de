using System;
using System.Linq;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The tile of a product on tensor cores: a group of 128 threads, two warps below each other and two beside each other, computes a tile of the
/// result, and each warp a quarter of it by products of 16×8 elements over 8 of k.</summary>
internal sealed record TensorTile(GpuTarget Target, int TileM, int TileN) : ProductTile(Target, TileM, TileN)
{
    /// <summary>Rows and columns of warps.</summary>
    public int WarpRows => Target.TensorWarps;

    /// <inheritdoc cref="WarpRows"/>
    public int WarpColumns => Target.TensorWarps;

    /// <summary>The threads that a row of warps has.</summary>
    public int ThreadsOfAWarpRow => Target.WarpThreads * WarpColumns;

    public override int Threads => WarpRows * WarpColumns * Target.WarpThreads;

    /// <summary>As many as leave a thread 255, 168 or 128 registers, for 128, 64 or 32 sums.</summary>
    public override int MinGroups => (TileM + TileN) switch { 256 => 2, 192 => 3, _ => 4 };

    /// <summary>Steps of k in shared memory at a time: 64 bytes.</summary>
    public override int Depth => Target.TensorStepDepth;

    /// <summary>The copies of two steps are under way while one is computed.</summary>
    public override int Stages => Target.TensorStages;

    /// <summary>The rows of one row of warps.</summary>
    public override int RowsOut => WarpM;

    /// <summary>Pairs of sums of half a warp fall into different banks.</summary>
    public override int LineOut => TileN + 8;

    /// <summary>Rows of a warp.</summary>
    public int WarpM => TileM / WarpRows;

    /// <summary>Columns of a warp.</summary>
    public int WarpN => TileN / WarpColumns;

    /// <summary>Bytes that a thread copies at once.</summary>
    public int CopyBytes => Target.CopyBytes;

    /// <summary>Rows that four registers of a warp hold, over 8 of k.</summary>
    public int FragmentRows => Target.TensorFragmentRows;

    public override string Share => FormattableString.Invariant($"{WarpM}×{WarpN} in a warp on tensor cores");

    /// <summary>Each warp reads its rows and its columns, and the copies write both; the products themselves take less.</summary>
    protected override double Cycles => (WarpRows * WarpColumns * (WarpM + WarpN) + TileM + TileN) * sizeof(float) / Target.SharedBytesPerCycle;

    /// <summary>Floats of one factor in a stage: as memory has them.</summary>
    /// <param name="tile">Its rows.</param>
    public int StageFloats(int tile) => tile * Depth;

    public override int FloatsOfStages(OperandCopy a, OperandCopy b) => Stages * (StageFloats(TileM) + StageFloats(TileN));

    /// <summary>The tile of the least estimated time; null where the FP32 form would take as little, or the product is small.</summary>
    /// <param name="other">The FP32 form.</param>
    /// <param name="k">The products of a sum.</param>
    /// <inheritdoc cref="ProductTile.Time"/>
    public static TensorTile? Choose(ProductTile other, Extent m, Extent n, Extent k, Extent batches, bool isSplit)
    {
        var target = other.Target;
        if (new[] { m, n, k }.Any(side => side.At(target.TypicalBatch) < target.LeastTensorSide)) return null;
        var best = (from tileM in target.TensorTiles
                    from tileN in target.TensorTiles
                    let tile = new TensorTile(target, tileM, tileN)
                    orderby tile.Time(m, n, batches, isSplit), tileM * tileN descending, tileM descending
                    select tile).First();
        return best.Time(m, n, batches, isSplit) < other.Time(m, n, batches, isSplit) ? best : null;
    }
}
