namespace ModelGen.Benchmarks.Reports;

/// <summary>Passes results on and remembers whether one was wrong.</summary>
internal sealed class CheckedReport(IReport inner) : IReport
{
    /// <summary>Whether a result failed its check.</summary>
    public bool AnyWrong { get; private set; }

    /// <inheritdoc/>
    public void Add(ResultLine line)
    {
        AnyWrong |= line.IsWrong;
        inner.Add(line);
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
