namespace ModelGen.RandomPrograms;

/// <summary>Rounds each operation of an interpreter as a computation in single precision could, at random: the results of several runs show how far
/// rounding alone can move each number (Vignes, "Discrete stochastic arithmetic", 2004).</summary>
/// <remarks>A number that lies at a kink or a tie within rounding takes the other branch in some of the runs, and so is known to be undecided there.
/// Exact zeros stay what they are, so that a rectifier's zeros do not become undecided.</remarks>
/// <param name="units">The largest error of an operation, in units of 2⁻²⁴ of its result, or of the magnitudes that a sum adds up.</param>
internal sealed class FloatRounding(int seed, double units)
{
    private const double Smallest = 1.2e-38, Largest = 3.4e38;

    private readonly Random _random = new(seed);

    public double Round(double value, double magnitude)
    {
        if (!double.IsFinite(value)) return value;
        var rounded = value + magnitude * units * Math.ScaleB(2 * _random.NextDouble() - 1, -24);
        if (rounded != 0 && Math.Abs(rounded) < 256 * Smallest) rounded += Smallest * (2 * _random.NextDouble() - 1);
        return Math.Abs(rounded) > Largest ? double.PositiveInfinity * Math.Sign(rounded) : rounded;
    }
}
