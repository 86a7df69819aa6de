using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Lowering;

/// <summary>Where a long sum is cut: the terms of a block are added up one after the other, and the sums of the blocks with what each addition rounds away,
/// so that the error does not grow with the number of terms.</summary>
/// <param name="Level">The loop that is cut, counted from the outermost over the sum.</param>
/// <param name="Turns">How many turns of it are a block.</param>
internal readonly record struct SumBlocks(int Level, int Turns)
{
    // Additions one after the other in a block: the sum of equal numbers, whose roundings all go one way, is then right to 5.1e-7 of itself.
    private const int Additions = 32;

    // So many are left as they are: 7.5e-7.
    private const int MostUncut = 48;

    /// <summary>Null where the sum is short.</summary>
    /// <param name="inner">The axes summed over.</param>
    /// <param name="lanes">Elements of the last axis that are added at once, to sums of their own.</param>
    /// <param name="asOne">Whether one loop runs over all axes.</param>
    public static SumBlocks? Of(IReadOnlyList<Axis> inner, int lanes, bool asOne = false)
    {
        if (asOne) inner = new[] { new Axis((int)Math.Min(int.MaxValue, inner.Aggregate(1L, (p, a) => p * a.Factor)), inner.Any(a => a.PerSample)) };
        long Turns(int level) => level == inner.Count - 1 ? (inner[level].Factor + lanes - 1) / lanes : inner[level].Factor;
        if (!inner.Any(a => a.PerSample) && Enumerable.Range(0, inner.Count).Aggregate(1L, (p, level) => p * Turns(level)) <= MostUncut) return null;
        var within = 1L;
        for (var level = inner.Count - 1; level >= 0; level--)
        {
            if (inner[level].PerSample || within * Turns(level) > Additions) return new(level, (int)Math.Max(1, Additions / within));
            within *= Turns(level);
        }
        return null;
    }
}
