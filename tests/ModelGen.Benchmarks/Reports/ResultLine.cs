using ModelGen.Benchmarks.Measuring;

namespace ModelGen.Benchmarks.Reports;

/// <summary>One measured case.</summary>
/// <param name="Case">Its name, the same as the peers'.</param>
/// <param name="Threads">How many threads worked.</param>
internal sealed record ResultLine(string Case, int Threads)
{
    /// <summary>Who was measured: ModelGen, or "limit" for the machine itself.</summary>
    public string Peer { get; init; } = "modelgen";

    /// <summary>The times, where it is a matter of time.</summary>
    public Timing? Timing { get; init; }

    /// <summary>The samples (or other items) of one call; 0 where a rate says nothing.</summary>
    public double Items { get; init; }

    /// <summary>Whatever else there is to say, in order: numbers, texts, truth values.</summary>
    public IReadOnlyList<(string Name, object Value)> More { get; init; } = [];

    /// <summary>Whether a check of the result failed; then the times mean nothing.</summary>
    public bool IsWrong { get; init; }

    /// <summary>All values in the order of the peers' lines.</summary>
    public IEnumerable<(string Name, object Value)> Values()
    {
        yield return ("peer", Peer);
        yield return ("case", Case);
        yield return ("threads", Threads);
        if (Timing is { } t)
        {
            yield return ("median_us", Math.Round(t.MedianSeconds * 1e6, 3));
            yield return ("min_us", Math.Round(t.MinSeconds * 1e6, 3));
            if (Items > 0)
                yield return ("items_per_s", Math.Round(Items / t.MedianSeconds, 1));
        }
        foreach (var value in More)
            yield return value;
        if (IsWrong)
            yield return ("wrong", true);
    }
}
