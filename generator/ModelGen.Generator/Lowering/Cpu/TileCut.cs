using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>What a step of k of a micro-kernel costs: as many multiply-adds as it has accumulators, but never fewer than could start while one of them is
/// under way.</summary>
/// <param name="SumsInFlight">See <see cref="Targets.CpuTarget.SumsInFlight"/>.</param>
/// <param name="OfATile">See <see cref="Targets.CpuCrossovers.CostOfATile"/>.</param>
internal readonly record struct TileCosts(int SumsInFlight, double OfATile)
{
    public double Of(int sums) => Math.Max(sums, SumsInFlight) + OfATile;
}

/// <summary>How rows are cut into micro-kernels: the heights, the largest first, each taken while it fits; all but the first are for the remainder.</summary>
/// <remarks>An accumulator waits for its last multiply-add before it takes the next, so a micro-kernel with few of them is latency-bound and takes as long as
/// a higher one: eight rows are better 4 + 4 than 6 + 2.</remarks>
/// <param name="Costs">What decides between cuts.</param>
/// <param name="Sizes">The heights.</param>
/// <param name="EndsAt">Rows left at which the largest height is taken no more, although it fits.</param>
internal sealed record TileCut(TileCosts Costs, IReadOnlyList<int> Sizes, IReadOnlyList<int> EndsAt)
{
    private TileCut(TileCosts costs, params int[] sizes) : this(costs, sizes, Array.Empty<int>())
    {
    }

    /// <summary>The cut of rows whose number is known, or comes with the call.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="part">As many rows are cut together, but for the last ones; 0 for all.</param>
    /// <param name="whole">Rows of a whole tile.</param>
    /// <param name="sums">Accumulators of a row: vectors, or columns of dots.</param>
    public static TileCut Of(TileCosts costs, Axis rows, int part, int whole, int sums)
    {
        if (rows.PerSample) return OfAnyNumber(costs, whole, sums).For(AffineIndex.GreatestCommonDivisor(rows.Factor, part), part);
        return OfNumber(costs, part == 0 ? rows.Factor : (rows.Factor - 1) % part + 1, whole, sums);
    }

    /// <summary>How often each height occurs in a number of rows.</summary>
    public IEnumerable<(int Size, int Count)> Tiles(int rows)
    {
        foreach (var size in Sizes)
        {
            var end = size == Sizes[0] ? End(rows) : rows % size;
            if (rows > end) yield return (size, (rows - end) / size);
            rows = end;
        }
    }

    /// <summary>What one step of the tiles of a number of rows takes, in multiply-adds that the units could start meanwhile.</summary>
    public double Cost(int rows, int sums)
    {
        var cost = 0.0;
        foreach (var (size, count) in Tiles(rows))
        {
            cost += count * Costs.Of(size * sums);
            rows -= count * size;
        }
        return rows > 0 ? double.PositiveInfinity : cost;
    }

    // Batches are powers of two as a rule: so is what follows whole tiles, from as many rows on as keep the units busy.
    private static TileCut OfAnyNumber(TileCosts costs, int whole, int sums)
    {
        var busy = 1;
        while (busy * sums < costs.SumsInFlight && busy * 2 < whole) busy *= 2;
        var sizes = new List<int> { whole };
        for (var size = busy; size > 0; size /= 2) sizes.Add(size);
        return new TileCut(costs, sizes.Distinct().ToArray()).WithEnds(Enumerable.Range(1, whole).Select(k => k * busy).Where(rows => rows > whole), sums);
    }

    // What occurs in multiples of a number of rows, up to a part of them where there are parts.
    private TileCut For(int unit, int part)
    {
        var all = 2 * Sizes[0] * Sizes[0];
        var numbers = Enumerable.Range(1, part == 0 ? all : Math.Min(part / unit, all)).Select(k => k * unit).ToList();
        var sizes = new HashSet<int>(numbers.SelectMany(Tiles).Select(t => t.Size));
        var ends = new HashSet<int>(sizes.Contains(Sizes[0]) ? numbers.Select(End) : Enumerable.Empty<int>());
        return new(Costs, Sizes.Where(sizes.Contains).ToArray(), EndsAt.Where(ends.Contains).ToArray());
    }

    // Rows that whole tiles leave over.
    private int End(int rows) => EndsAt.Where(end => end <= rows && (rows - end) % Sizes[0] == 0).DefaultIfEmpty(rows % Sizes[0]).Max();

    // Whole tiles and one of what is left over, or another height that leaves nothing over where that takes less.
    private static TileCut OfNumber(TileCosts costs, int rows, int whole, int sums)
    {
        var left = rows % whole;
        if (left == 0) return new TileCut(costs, whole);
        var ends = Enumerable.Range(1, whole).Select(tiles => tiles * whole + left).Where(r => r <= rows).ToList();
        return Enumerable.Range(2, Math.Max(0, whole - 2)).Reverse().Select(size => new TileCut(costs, whole, size).WithEnds(ends, sums))
            .Aggregate(new TileCut(costs, whole, left), (best, cut) => cut.Cost(rows, sums) < best.Cost(rows, sums) ? cut : best);
    }

    // Whole tiles end where smaller ones alone take less than with any of these.
    private TileCut WithEnds(IEnumerable<int> candidates, int sums)
    {
        var whole = Sizes[0];
        var smaller = new TileCut(Costs, Sizes.Skip(1).ToArray());
        bool IsEnd(int rows) =>
            smaller.Cost(rows, sums) < Enumerable.Range(1, rows / whole).Min(tiles =>
            tiles * Costs.Of(whole * sums) + smaller.Cost(rows - tiles * whole, sums));
        return this with { EndsAt = candidates.Where(IsEnd).ToList() };
    }
}
