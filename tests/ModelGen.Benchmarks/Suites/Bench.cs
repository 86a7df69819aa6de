using ModelGen.Benchmarks.CommandLine;
using ModelGen.Benchmarks.Machine;
using ModelGen.Benchmarks.Measuring;
using ModelGen.Benchmarks.Reports;

namespace ModelGen.Benchmarks.Suites;

/// <summary>What a suite measures with: which cases, how many threads, and where results go.</summary>
/// <param name="report">Takes the results.</param>
/// <param name="options">What the command line asks for.</param>
/// <param name="threads">The thread count of this run.</param>
internal sealed class Bench(IReport report, BenchmarkOptions options, int threads)
{
    /// <summary>The thread count.</summary>
    public int Threads => threads;

    /// <summary>The device of train and infer; null for the processor.</summary>
    public string? Device => options.Device;

    /// <summary>Times calls.</summary>
    public Sampler Sampler { get; } = new(options.Seconds, options.Peak ? () => MachineLimits.GigaFlopsNow(threads) : null);

    /// <summary>Whether the models of a letter were asked for.</summary>
    public bool Wants(char letter) =>
        options.Cases.Count == 0 || options.Cases.Any(part => part.Contains(letter, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a case was asked for by a part of its name.</summary>
    public bool Wants(string name) =>
        options.Cases.Count == 0 || options.Cases.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reports one line.</summary>
    public void Add(ResultLine line) => report.Add(line);

    /// <summary>Reports a time with the rate of floating-point operations, and its part of the peak where that is known.</summary>
    /// <param name="name">The case.</param>
    /// <param name="timing">The time of one call.</param>
    /// <param name="items">Samples of one call.</param>
    /// <param name="flops">Floating-point operations of one call.</param>
    /// <param name="isWrong">Whether the result failed its check.</param>
    /// <param name="more">Other values.</param>
    public void AddFlops(
        string name, Timing timing, double items, double flops, bool isWrong, params IEnumerable<(string Name, object Value)> more)
    {
        double rate = flops / timing.MedianSeconds * 1e-9;
        (string, object)[] fraction = timing.FlopsAtPeak <= 0 ? [] : [("fraction_of_peak", Math.Round(flops / timing.FlopsAtPeak, 3))];
        Add(new ResultLine(name, threads)
        {
            Timing = timing,
            Items = items,
            More = [("gflops", Math.Round(rate, 1)), .. fraction, .. more],
            IsWrong = isWrong,
        });
    }
}
