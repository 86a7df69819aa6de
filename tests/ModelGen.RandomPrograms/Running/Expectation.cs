using ModelGen.Generator.Graphs;
using ModelGen.Runtime;

namespace ModelGen.RandomPrograms;

/// <summary>What a graph computes in double precision, and how exactly single precision can be expected to.</summary>
internal sealed class Expectation
{
    // The emitted code adds in another order than the interpreter, and its functions are exact to some units.
    private const double Safety = 64, OfLargest = 2e-5;

    private readonly Interpreter _exact;
    private readonly Interpreter[] _rounded;

    /// <param name="runs">Runs with random rounding.</param>
    /// <param name="units">See <see cref="FloatRounding"/>.</param>
    public Expectation(Graph graph, int samples, IReadOnlyDictionary<int, double[]> leaves, uint stepSeed, int runs = 2, double units = 2)
    {
        _exact = new(graph, samples, leaves, stepSeed, (c, k) => Simd.Uniform(c, k));
        _rounded = [.. Enumerable.Range(0, runs)
            .Select(r => new Interpreter(graph, samples, leaves, stepSeed, (c, k) => Simd.Uniform(c, k), new FloatRounding(r, units).Round))];
    }

    /// <summary>Numbers that were compared, and those of them that rounding leaves undecided.</summary>
    public long Compared { get; private set; }

    public long Undecided { get; private set; }

    /// <summary>The difference of an emitted tensor from what is expected; null where rounding explains it.</summary>
    public string? Difference(string what, int node, IReadOnlyList<float> actual)
    {
        var expected = _exact[node];
        if (expected.Length != actual.Count) return $"{what} has {actual.Count} numbers, expected {expected.Length}";
        var spread = new double[expected.Length];
        foreach (var run in _rounded)
        {
            var rounded = run[node];
            for (var i = 0; i < spread.Length; i++)
            {
                var moved = Math.Abs(rounded[i] - expected[i]);
                spread[i] = double.IsFinite(moved) ? Math.Max(spread[i], moved) : double.PositiveInfinity;
            }
        }
        var scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        var sorted = spread.Where(double.IsFinite).Order().ToArray();
        var typical = sorted.Length == 0 ? 0 : sorted[sorted.Length * 3 / 4];
        string? worst = null;
        double worstRatio = 1;
        for (var i = 0; i < expected.Length; i++)
        {
            Compared++;
            var tolerance = Safety * Math.Max(spread[i], typical) + OfLargest * scale + 1e-30;
            if (!(tolerance < 0.05 * scale) || !double.IsFinite(expected[i]))
            {
                if (scale > 0) Undecided++;
                if (!double.IsFinite(tolerance) || !double.IsFinite(expected[i])) continue;
            }
            var ratio = Math.Abs(actual[i] - expected[i]) / tolerance;
            if (ratio <= worstRatio) continue;
            worstRatio = double.IsNaN(ratio) ? double.PositiveInfinity : ratio;
            worst = FormattableString.Invariant(
                $"{what}[{i}] of {expected.Length}: expected {expected[i]:G6}, got {actual[i]:G6}, tolerance {tolerance:G2}, largest {scale:G3}");
        }
        return worst;
    }
}
