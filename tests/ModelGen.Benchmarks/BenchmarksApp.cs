using ModelGen.Benchmarks.CommandLine;
using ModelGen.Benchmarks.Machine;
using ModelGen.Benchmarks.Reports;
using ModelGen.Benchmarks.Suites;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks;

/// <summary>Runs the suites that the options name and reports each case as it ends.</summary>
internal static class BenchmarksApp
{
    /// <summary>Exit code: a case failed its check. A mistake in the options gives 1.</summary>
    public const int WrongResult = 2;

    /// <summary>Exit code: the device is not there, or failed.</summary>
    public const int NoDevice = 3;

    /// <summary>Runs.</summary>
    /// <returns>The exit code: 0, <see cref="WrongResult"/> or <see cref="NoDevice"/>.</returns>
    public static int Run(BenchmarkOptions options)
    {
        try
        {
            return Measure(options);
        }
        catch (Exception e) when (e is GpuUnavailableException or GpuLostException or InsufficientMemoryException)
        {
            Console.Error.WriteLine(e.Message);
            return NoDevice;
        }
    }

    static int Measure(BenchmarkOptions options)
    {
        if (options.Suites is [SuiteKind.FirstStep, SuiteKind.Train or SuiteKind.Infer])
            return FirstStepProbe.Run(options, options.Suites[1]);

        if (options.Device is not null)
        {
            // Before any line: whether there is one.
            using var device = GpuDevice.Open(options.Device);
        }

        using IReport report = options.Table ? new TableReport(Console.Out) : new JsonReport(Console.Out);
        var checkedReport = new CheckedReport(report);
        foreach (int threads in options.Threads)
        {
            if (options.Peak)
                MachineLimits.Report(threads, checkedReport);
            var bench = new Bench(checkedReport, options, threads);
            foreach (SuiteKind suite in options.Suites)
                Suite(suite)(bench);
        }
        return checkedReport.AnyWrong ? WrongResult : 0;
    }

    static Action<Bench> Suite(SuiteKind kind) => kind switch
    {
        SuiteKind.Train => TrainSuite.Run,
        SuiteKind.Infer => InferSuite.Run,
        SuiteKind.Gemm => GemmSuite.Run,
        SuiteKind.Conv => ConvSuite.Run,
        SuiteKind.Elementwise => ElementwiseSuite.Run,
        SuiteKind.Data => DataSuite.Run,
        SuiteKind.Generator => GeneratorSuite.Run,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a suite of its own."),
    };
}
