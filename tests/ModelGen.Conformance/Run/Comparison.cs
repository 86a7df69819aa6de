using System.Globalization;

namespace ModelGen.Conformance;

/// <summary>Compares tensors with those of a file and collects what differs.</summary>
internal sealed class Comparison
{
    private readonly List<string> _failures = [];
    private readonly Dictionary<string, int> _counts = [];

    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Tensors compared of a kind: "outputs", "grads", "jvp", "state".</summary>
    public int Count(string group) => _counts.GetValueOrDefault(group);

    public void Fail(string what) => _failures.Add(what);

    /// <summary>|actual - expected| ≤ absolute + relative·|expected|, element by element.</summary>
    public void Compare(string group, string what, ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, (double Relative, double Absolute) tolerance)
    {
        _counts[group] = Count(group) + 1;
        if (actual.Length != expected.Length)
        {
            Fail($"{what} has {actual.Length} elements, the file {expected.Length}");
            return;
        }
        var largest = 0.0;
        foreach (var e in expected) largest = Math.Max(largest, Math.Abs(e));
        // Where a file names no tolerance: some 16 roundings of the largest element.
        var absolute = double.IsNaN(tolerance.Absolute) ? Math.Max(1e-7, 16 * Math.ScaleB(largest, -24)) : tolerance.Absolute;
        var (worst, at, wrong) = (0.0, -1, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            // Numbers that are not finite are right where they are the same.
            if (actual[i].Equals((float)expected[i])) continue;
            var excess = Math.Abs(actual[i] - expected[i]) - absolute - (tolerance.Relative * Math.Abs(expected[i]));
            if (excess <= 0) continue;
            wrong++;
            if (at >= 0 && !(excess > worst) && !double.IsNaN(excess)) continue;
            (worst, at) = (excess, i);
        }
        if (at >= 0)
            Fail(string.Create(CultureInfo.InvariantCulture,
                $"{what}[{at}] is {actual[at]:G9}, expected {expected[at]:G9} within {absolute:G2} + {tolerance.Relative:G2}·|expected|; "
                    + $"{wrong} of {actual.Length} differ"));
    }
}
