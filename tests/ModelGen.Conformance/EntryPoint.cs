using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>The command.</summary>
internal static class EntryPoint
{
    private const int Passed = 0, Failed = 1, Misused = 2;

    public static int Main(string[] args)
    {
        if (RunOptions.Parse(args, Path.Combine(AppContext.BaseDirectory, "Vectors.zip"), out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            Console.Error.WriteLine(RunOptions.Usage);
            return Misused;
        }

        try
        {
            // A simulator, or a driver's compiler, takes its time: what is done is shown.
            var results = ConformanceRun.Run(options,
                options.Gpu ? result => Console.WriteLine($"{(result.Passed ? "passed" : "FAILED")} {result.Name} ({result.Operator})") : null);
            if (results.Count == 0)
                Console.Error.WriteLine(options.Filter.Length == 0 ? $"There is no vector file in '{options.Path}'."
                    : $"No case in '{options.Path}' matches '{options.Filter}'.");
            ResultTable.Write(results, Console.Out);
            return results.Count == 0 ? Misused : results.All(r => r.Passed) ? Passed : Failed;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or GpuUnavailableException)
        {
            Console.Error.WriteLine(e.Message);
            return Misused;
        }
    }
}
