namespace ModelGen.Benchmarks.Suites;

/// <summary>What a fresh process took to its first finished training step or prediction, and the memory of a few more.</summary>
/// <param name="MainMilliseconds">From the first line of Main.</param>
/// <param name="ProcessMilliseconds">From the start of the process, the runtime's own start included.</param>
/// <param name="JitMilliseconds">What the JIT compiler took of it.</param>
/// <param name="PeakMegabytes">The most memory the process had at any time, the runtime and the code included; 0 where the system does not tell.</param>
internal sealed record StartUp(double MainMilliseconds, double ProcessMilliseconds, double JitMilliseconds, double PeakMegabytes)
{
    /// <summary>As values of a line.</summary>
    /// <param name="first">What the first call is: step or answer.</param>
    public IEnumerable<(string Name, object Value)> Values(string first)
    {
        yield return ($"main_to_first_{first}_ms", MainMilliseconds);
        yield return ($"process_to_first_{first}_ms", ProcessMilliseconds);
        yield return ("jit_ms", JitMilliseconds);
        if (PeakMegabytes > 0)
            yield return ("peak_mb", PeakMegabytes);
    }
}
