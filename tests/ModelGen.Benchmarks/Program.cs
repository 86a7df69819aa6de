using System.Diagnostics;
using ModelGen.Benchmarks.CommandLine;

namespace ModelGen.Benchmarks;

/// <summary>The entry point.</summary>
internal static class Program
{
    /// <summary>When Main began, in ticks of <see cref="Stopwatch"/>: start-up times count from here.</summary>
    public static long Start { get; private set; }

    static int Main(string[] args)
    {
        Start = Stopwatch.GetTimestamp();
        return new OptionsParser().Run(args, BenchmarksApp.Run);
    }
}
