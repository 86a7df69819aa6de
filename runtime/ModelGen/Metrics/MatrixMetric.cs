namespace ModelGen;

/// <summary>A figure of the confusion matrix.</summary>
internal sealed class MatrixMetric(string name, Func<ConfusionMatrix, double> value) : LabelMetric(name)
{
    private ConfusionMatrix? _matrix;

    /// <inheritdoc/>
    public override double Value => _matrix is null ? double.NaN : value(_matrix);

    /// <summary>That of a class, or the mean over the classes for which it is defined.</summary>
    public static double OverClasses(ConfusionMatrix matrix, Func<int, double> ofClass, int? only)
    {
        if (only is { } c)
            return ofClass(c);
        var values = Enumerable.Range(0, matrix.Classes).Select(ofClass).Where(value => !double.IsNaN(value)).ToArray();
        return values.Length == 0 ? double.NaN : values.Average();
    }

    /// <summary>TP / (TP + FP + FN): with F = F1, it is F / (2 − F).</summary>
    public static double IoU(ConfusionMatrix matrix, int c) => matrix.F1(c) is var f1 ? f1 / (2 - f1) : double.NaN;

    /// <inheritdoc/>
    protected override void Clear() => _matrix = new ConfusionMatrix(Classes);

    /// <inheritdoc/>
    protected override void Add(int label, ReadOnlySpan<float> scores) => _matrix!.Add(label, Metrics.ArgMax(scores));
}
