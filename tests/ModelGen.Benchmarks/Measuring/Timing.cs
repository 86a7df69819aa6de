namespace ModelGen.Benchmarks.Measuring;

/// <summary>What a measurement found.</summary>
/// <param name="MedianSeconds">The median over the samples of the seconds for one call.</param>
/// <param name="MinSeconds">The least of them.</param>
internal readonly record struct Timing(double MedianSeconds, double MinSeconds)
{
    /// <summary>Median and least of a set of samples, which is sorted.</summary>
    public static Timing Of(List<double> samples)
    {
        samples.Sort();
        return new Timing(samples[samples.Count / 2], samples[0]);
    }
}
