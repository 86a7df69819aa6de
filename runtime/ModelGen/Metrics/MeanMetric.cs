namespace ModelGen;

/// <summary>The mean over the samples of a function.</summary>
internal sealed class MeanMetric(string name, SampleMetric ofSample) : Metric(name)
{
    private readonly SampleMetric _ofSample = ofSample ?? throw new ArgumentNullException(nameof(ofSample));
    private double _sum;
    private long _count;

    /// <inheritdoc/>
    public override double Value => _sum / _count;

    /// <inheritdoc/>
    public override void Start(ModelInfo info) => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public override void Add(Batch batch, ReadOnlySpan<float> output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var length = batch.Info.OutputLength;
        for (var i = 0; i < batch.Count; i++)
            _sum += _ofSample(batch, output.Slice(i * length, length), i);
        _count += batch.Count;
    }
}
