using ModelGen.Conformance;

namespace ModelGen.Tests.Conformance;

/// <summary>The project's own vectors, compiled and run once for all tests.</summary>
public sealed class ConformanceFixture
{
    private readonly Lazy<ILookup<string, CaseResult>> _results = new(() => ConformanceRun.Run(new RunOptions(Vectors)).ToLookup(r => r.Operator));

    internal static string Vectors => Path.Combine(AppContext.BaseDirectory, "Vectors.zip");

    internal IEnumerable<CaseResult> this[string row] => _results.Value[row];

    internal IEnumerable<string> Rows => _results.Value.Select(r => r.Key);
}
