using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>Holds the sums that the loss of a set is a formula of.</summary>
/// <param name="sums">Sums over all samples.</param>
/// <param name="samples">N, how many those are.</param>
/// <param name="ofNothing">What a mean of nothing is: NaN, or a number where it is asked whether that alone makes the loss NaN.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LossSums(ReadOnlySpan<double> sums, double samples, double ofNothing)
{
    private readonly ReadOnlySpan<double> _sums = sums;
    private readonly double _ofNothing = ofNothing;

    /// <summary>Gets the number of samples.</summary>
    public double N { get; } = samples;

    /// <summary>Gets a sum over all samples.</summary>
    /// <param name="index">Which, from 0.</param>
    public double this[int index] => _sums[index];

    /// <summary>Computes a / b, where 0 / 0 is a mean of nothing, as of samples of which the loss ignores each.</summary>
    public double Ratio(double a, double b) => a == 0 && b == 0 ? _ofNothing : a / b;
}
