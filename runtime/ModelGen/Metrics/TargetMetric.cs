namespace ModelGen;

/// <summary>A figure of sums over the elements of targets and of the output of their shape.</summary>
internal sealed class TargetMetric(string name, Func<TargetMetric.Sums, double> value, Func<float, float, double> ofElement) : Metric(name)
{
    private TargetPlace? _place;
    private double _sum;
    private long _count;
    private double _mean;
    private double _deviation;

    /// <inheritdoc/>
    public override double Value => value(new Sums(_count, _sum, _deviation));

    /// <summary>(output − target)².</summary>
    public static double Square(float output, float target) => ((double)output - target) * ((double)output - target);

    /// <inheritdoc/>
    public override void Start(ModelInfo info)
    {
        _place = TargetPlace.For(info, Name);
        (_sum, _count, _mean, _deviation) = (0, 0, 0, 0);
    }

    /// <inheritdoc/>
    public override void Add(Batch batch, ReadOnlySpan<float> output) => _place!.ForEach(batch, output, (score, target) =>
    {
        _sum += ofElement(score, target);
        _count++;

        // Welford 1962: a sum of squares would lose a small spread around a large mean.
        var before = target - _mean;
        _mean += before / _count;
        _deviation += before * (target - _mean);
    });

    /// <summary>What the value is made of.</summary>
    /// <param name="Count">The number of elements.</param>
    /// <param name="Sum">The sum of the function over them.</param>
    /// <param name="Deviation">Σ (target − mean)².</param>
    public readonly record struct Sums(long Count, double Sum, double Deviation);
}
