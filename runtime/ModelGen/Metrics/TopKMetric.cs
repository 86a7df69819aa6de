namespace ModelGen;

/// <summary>The share of the labels whose score is among the k largest.</summary>
internal sealed class TopKMetric(int k) : LabelMetric(FormattableString.Invariant($"top_{Require.Positive(k)}_accuracy"))
{
    private long _right;
    private long _count;

    /// <inheritdoc/>
    public override double Value => (double)_right / _count;

    /// <inheritdoc/>
    protected override void Clear() => (_right, _count) = (0, 0);

    /// <inheritdoc/>
    protected override void Add(int label, ReadOnlySpan<float> scores)
    {
        if (Metrics.IsAmongTop(scores, label, k))
            _right++;
        _count++;
    }
}
