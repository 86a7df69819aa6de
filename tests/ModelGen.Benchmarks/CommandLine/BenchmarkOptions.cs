namespace ModelGen.Benchmarks.CommandLine;

/// <summary>What the command line asks for.</summary>
/// <param name="Suites">What to measure, in order.</param>
/// <param name="Cases">The models to measure, or parts of case names; empty for all.</param>
/// <param name="Threads">Each thread count to measure with.</param>
/// <param name="Table">Whether to print a table and not JSON lines.</param>
/// <param name="Peak">Whether to measure the machine's limits first.</param>
/// <param name="Seconds">How long one case is measured, about.</param>
/// <param name="Device">The device that trains and infers; null for the processor.</param>
internal sealed record BenchmarkOptions(
    IReadOnlyList<SuiteKind> Suites,
    IReadOnlyList<string> Cases,
    IReadOnlyList<int> Threads,
    bool Table,
    bool Peak,
    double Seconds,
    string? Device = null);
