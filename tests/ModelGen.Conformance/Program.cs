using ModelGen.Conformance;

const int failed = 1, misused = 2;

var options = RunOptions.Parse(args, Path.Combine(AppContext.BaseDirectory, "Vectors.zip"), out var error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(RunOptions.Usage);
    return misused;
}

try
{
    var results = ConformanceRun.Run(options);
    if (results.Count == 0)
    {
        Console.Error.WriteLine(options.Filter.Length == 0 ? $"There is no vector file in '{options.Path}'." : $"No case in '{options.Path}' matches '{options.Filter}'.");
        Console.WriteLine(ResultTable.Summary(results));
        return misused;
    }
    ResultTable.Write(results, Console.Out);
    return results.All(r => r.Passed) ? 0 : failed;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return misused;
}
