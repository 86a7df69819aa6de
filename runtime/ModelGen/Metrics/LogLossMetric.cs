namespace ModelGen;

/// <summary>The mean of −log softmax(scores)[label], and functions of it.</summary>
internal sealed class LogLossMetric(string name, Func<double, double> ofMean) : LabelMetric(name)
{
    private double _sum;
    private long _count;

    /// <inheritdoc/>
    public override double Value => ofMean(_sum / _count);

    /// <inheritdoc/>
    protected override void Clear() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    protected override void Add(int label, ReadOnlySpan<float> scores)
    {
        _sum += Metrics.LogSumExp(scores) - scores[label];
        _count++;
    }
}
