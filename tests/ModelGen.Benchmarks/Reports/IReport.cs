namespace ModelGen.Benchmarks.Reports;

/// <summary>Takes results as they come. Disposing it ends the report.</summary>
internal interface IReport : IDisposable
{
    /// <summary>Adds one.</summary>
    void Add(ResultLine line);
}
