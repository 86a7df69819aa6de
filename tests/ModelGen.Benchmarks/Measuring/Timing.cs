namespace ModelGen.Benchmarks.Measuring;

/// <summary>What a measurement found.</summary>
/// <param name="MedianSeconds">The median over the samples of the seconds for one call.</param>
/// <param name="MinSeconds">The least of them.</param>
/// <param name="FlopsAtPeak">
/// The median of the floating-point operations that the machine does at its peak in the time of one call, the peak measured around each
/// sample; 0 where it was not measured.
/// </param>
internal readonly record struct Timing(double MedianSeconds, double MinSeconds, double FlopsAtPeak)
{
    /// <summary>What a set of samples says.</summary>
    public static Timing Of(IReadOnlyCollection<Sample> samples)
    {
        double[] seconds = [.. samples.Select(s => s.Seconds).Order()], atPeak = [.. samples.Select(s => s.Seconds * s.PeakGigaFlops * 1e9).Order()];
        return new Timing(seconds[seconds.Length / 2], seconds[0], atPeak[atPeak.Length / 2]);
    }
}

/// <summary>One sample.</summary>
/// <param name="Seconds">Seconds for one call.</param>
/// <param name="PeakGigaFlops">The machine's peak at that moment, in 10⁹ operations a second; 0 where it was not measured.</param>
internal readonly record struct Sample(double Seconds, double PeakGigaFlops);
