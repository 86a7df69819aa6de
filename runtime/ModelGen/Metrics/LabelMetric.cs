namespace ModelGen;

/// <summary>A figure of labels and the scores of their classes.</summary>
internal abstract class LabelMetric(string name) : Metric(name)
{
    private LabelPlace? _place;

    /// <summary>The number of classes.</summary>
    protected int Classes => _place!.Classes;

    /// <inheritdoc/>
    public override void Start(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        _place = LabelPlace.For(info) ?? throw new ArgumentException(
            $"The metric '{Name}' needs labels and an output with a score for each class; {info.Name} reads {string.Join(", ", info.Inputs)} "
                + $"and gives {string.Join(", ", info.Outputs.Select(output => $"{output.Name} {ShapeText.Of(output.Shape, hasBatch: true)}"))}.",
            nameof(info));
        Clear();
    }

    /// <inheritdoc/>
    public override void Add(Batch batch, ReadOnlySpan<float> output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _place!.ForEach(batch, output, Add);
    }

    /// <summary>Forgets all labels.</summary>
    protected abstract void Clear();

    /// <summary>Adds a label that is not ignored.</summary>
    protected abstract void Add(int label, ReadOnlySpan<float> scores);
}
