using System;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The part of a product that a group computes, and in what steps.</summary>
/// <param name="Target">The device.</param>
/// <param name="TileM">Rows of a tile.</param>
/// <param name="TileN">Columns of a tile.</param>
internal abstract record ProductTile(GpuTarget Target, int TileM, int TileN)
{
    /// <summary>Threads of a group.</summary>
    public abstract int Threads { get; }

    /// <summary>Groups on a multiprocessor at a time: bounds the registers of a thread.</summary>
    public abstract int MinGroups { get; }

    /// <summary>Steps of k in shared memory at a time.</summary>
    public abstract int Depth { get; }

    /// <summary>How many times that is there: the copies of all stages but one are under way.</summary>
    public abstract int Stages { get; }

    /// <summary>Rows of the tile that go out through shared memory at a time.</summary>
    public abstract int RowsOut { get; }

    /// <summary>Floats of a row on its way out.</summary>
    public abstract int LineOut { get; }

    /// <summary>What of the tile a thread or a warp computes, and on which units.</summary>
    public abstract string Share { get; }

    /// <summary>Estimated cycles of a multiprocessor for one k of a tile.</summary>
    protected abstract double Cycles { get; }

    /// <summary>Floats of shared memory that the stages of both factors take.</summary>
    public abstract int FloatsOfStages(OperandCopy a, OperandCopy b);

    /// <summary>Groups at a typical batch size.</summary>
    public long Groups(Extent m, Extent n, Extent batches) => Count(m, TileM) * Count(n, TileN) * batches.At(Target.TypicalBatch);

    /// <summary>Estimated cycles for one k of a product: what the busiest multiprocessor computes.</summary>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns.</param>
    /// <param name="batches">Results side by side.</param>
    /// <param name="isSplit">True where parts of k fill the device, whatever the tile.</param>
    public double Time(Extent m, Extent n, Extent batches, bool isSplit)
    {
        var rounds = Groups(m, n, batches) / (double)Target.Multiprocessors;
        return (isSplit ? rounds : Math.Ceiling(rounds)) * Cycles;
    }

    private long Count(Extent extent, int tile) => (extent.At(Target.TypicalBatch) + tile - 1) / tile;
}
