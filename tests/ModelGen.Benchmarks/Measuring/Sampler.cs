using System.Diagnostics;
using System.Runtime;

namespace ModelGen.Benchmarks.Measuring;

/// <summary>
/// Times a call as the peers' script does, so that the numbers compare: three calls and a quarter of the time to warm up, then 31
/// samples of as many calls as fill 20 ms at most, and the median. The warm-up goes on until the JIT compiler has brought the code
/// to its last tier; what that costs is in the start-up times.
/// </summary>
/// <param name="seconds">About how long to sample; a slow call is sampled for up to twice that, five times at least.</param>
/// <param name="peakGigaFlops">
/// Measures the machine's peak, before and after each sample, or null: programs beside this one change it from one moment to the next, so
/// only such a peak says how good the code is.
/// </param>
internal sealed class Sampler(double seconds, Func<double>? peakGigaFlops = null)
{
    const int Samples = 31, LeastSamples = 5, FirstCalls = 3;
    const double LongestSample = 0.02;

    // The runtime promotes methods 100 ms after the last new one, twice for each; longer without a new one means it is done.
    const double QuietJit = 0.35, LongestWarmUp = 5;

    /// <summary>Times <paramref name="call"/>.</summary>
    public Timing Measure(Action call)
    {
        int calls = WarmUp(call);
        return Sampled(() => Time(call, calls));
    }

    /// <summary>
    /// The time of <paramref name="whole"/> less that of <paramref name="part"/>, sampled in turns, so that a change of the
    /// machine's speed meets both.
    /// </summary>
    public Timing MeasureDifference(Action whole, Action part)
    {
        int wholeCalls = WarmUp(whole), partCalls = WarmUp(part);
        return Sampled(() => Time(whole, wholeCalls) - Time(part, partCalls));
    }

    Timing Sampled(Func<double> sample)
    {
        var samples = new List<Sample>(Samples);
        double sampled = 0, before = Peak();
        while (samples.Count < Samples && (sampled < seconds * 2 || samples.Count < LeastSamples))
        {
            long start = Stopwatch.GetTimestamp();
            double time = sample();
            sampled += Since(start);
            double after = Peak();
            samples.Add(new Sample(time, (before + after) / 2));
            before = after;
        }
        return Timing.Of(samples);
    }

    double Peak() => peakGigaFlops?.Invoke() ?? 0;

    int WarmUp(Action call)
    {
        for (int i = 0; i < FirstCalls; i++)
            call();
        double one = Time(call, 1);
        long start = Stopwatch.GetTimestamp(), lastCompiled = start;
        long compiled = JitInfo.GetCompiledMethodCount();
        int calls = 1;
        while (Since(start) < seconds / 4 || (Since(lastCompiled) < QuietJit && Since(start) < LongestWarmUp))
        {
            calls = Math.Max(1, (int)(LongestSample / 4 / Math.Max(Time(call, calls), 1e-7)));
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
            {
                compiled = now;
                lastCompiled = Stopwatch.GetTimestamp();
            }
        }
        // The first calls of a small network are JIT and page faults; what it costs is known only now.
        one = Math.Min(one, Time(call, calls));
        return Math.Max(1, (int)(Math.Min(LongestSample, seconds / Samples) / Math.Max(one, 1e-7)));
    }

    static double Time(Action call, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            call();
        return Since(start) / calls;
    }

    static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
