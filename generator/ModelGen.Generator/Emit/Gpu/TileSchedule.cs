using System;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>The part of a product that a group computes, and in what steps.</summary>
/// <param name="TileM">Rows of a tile.</param>
/// <param name="TileN">Columns of a tile.</param>
internal abstract record TileSchedule(int TileM, int TileN)
{
    /// <summary>Threads of a group.</summary>
    public abstract int Threads { get; }

    /// <summary>Groups on a multiprocessor at a time: bounds the registers of a thread.</summary>
    public abstract int MinGroups { get; }

    /// <summary>Steps of k in shared memory at a time.</summary>
    public abstract int Depth { get; }

    /// <summary>Rows of the tile that go out through shared memory at a time.</summary>
    public abstract int RowsOut { get; }

    /// <summary>Floats of a row on its way out.</summary>
    public abstract int LineOut { get; }

    /// <summary>Estimated cycles of a multiprocessor for one k of a tile.</summary>
    protected abstract double Cycles { get; }

    /// <summary>Groups at a typical batch size.</summary>
    public long Groups(Extent m, Extent n, Extent batches) => Count(m, TileM) * Count(n, TileN) * batches.Typical;

    /// <summary>Estimated cycles for one k of a product: what the busiest multiprocessor computes.</summary>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns.</param>
    /// <param name="batches">Results side by side.</param>
    /// <param name="isSplit">True where parts of k fill the device, whatever the tile.</param>
    public double Time(Extent m, Extent n, Extent batches, bool isSplit)
    {
        var rounds = Groups(m, n, batches) / (double)GpuTarget.Large.Multiprocessors;
        return (isSplit ? rounds : Math.Ceiling(rounds)) * Cycles;
    }

    private static long Count(Extent extent, int tile) => (extent.Typical + tile - 1) / tile;
}
