namespace ModelGen;

/// <summary>Represents samples that are changed after they are read, such as images that are shifted at random.</summary>
public sealed class TransformedSource : IDataSource
{
    private readonly IDataSource _source;
    private readonly Transform[] _transforms;

    /// <summary>Initializes a new instance of the <see cref="TransformedSource"/> class.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="transforms">What is done to each, in order.</param>
    public TransformedSource(IDataSource source, params Transform[] transforms)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(transforms);
        (_source, _transforms) = (source, [.. transforms]);
    }

    /// <inheritdoc/>
    public int Count => _source.Count;

    /// <inheritdoc/>
    public void ThrowIfUnfit(ModelInfo info, bool inputsOnly = false)
    {
        _source.ThrowIfUnfit(info, inputsOnly);
        foreach (var transform in _transforms)
            transform.ThrowIfUnfit(info);
    }

    /// <inheritdoc/>
    public void Read(int sample, Batch batch, int row, SampleContext context)
    {
        _source.Read(sample, batch, row, context);
        var rng = context.ForSample(sample);
        foreach (var transform in _transforms)
            transform.Apply(batch, row, ref rng);
    }

    /// <inheritdoc/>
    public void Finish(int number, Batch batch, SampleContext context)
    {
        _source.Finish(number, batch, context);
        var rng = context.ForBatch(number);
        foreach (var transform in _transforms)
            transform.ApplyToBatch(batch, ref rng);
    }
}
