namespace ModelGen;

/// <summary>Compares a model's scores with its labels, for one label per sample or one per position.</summary>
internal sealed class LabelScorer
{
    private readonly LabelPlace _place;
    private readonly LabelPlace.Take _count;

    private LabelScorer(LabelPlace place)
    {
        _place = place;
        Matrix = new ConfusionMatrix(place.Classes);
        _count = (label, scores) => Matrix.Add(label, Metrics.ArgMax(scores));
    }

    /// <summary>What was counted.</summary>
    public ConfusionMatrix Matrix { get; }

    /// <summary>Finds labels and an output with a score for each class of each label; null if there are none.</summary>
    public static LabelScorer? For(ModelInfo info) => LabelPlace.For(info) is { } place ? new LabelScorer(place) : null;

    /// <summary>Counts the predictions of a batch.</summary>
    public void Add(Batch batch, ReadOnlySpan<float> output) => _place.ForEach(batch, output, _count);
}
