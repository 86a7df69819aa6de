namespace ModelGen;

/// <summary>Compares a model's scores with its labels, for one label per sample or one per position.</summary>
internal sealed class LabelScorer
{
    private readonly int _input;
    private readonly int _rowLength;
    private readonly int _outputStart;
    private readonly int _positions;
    private readonly int _classStride;
    private readonly int _positionStride;
    private readonly int _classes;
    private readonly int? _ignored;

    private LabelScorer(int input, int rowLength, int outputStart, InputSpec labels, bool isClassAxisFirst)
    {
        (_input, _rowLength, _outputStart, _positions, _classes, _ignored) =
            (input, rowLength, outputStart, labels.Length, labels.Classes, labels.IgnoredLabel);
        (_classStride, _positionStride) = isClassAxisFirst ? (_positions, 1) : (1, _classes);
        Matrix = new ConfusionMatrix(_classes);
    }

    /// <summary>What was counted.</summary>
    public ConfusionMatrix Matrix { get; }

    /// <summary>Finds labels and an output with a score for each class of each label; null if there are none.</summary>
    /// <remarks>The class axis of the output is the one after the batch axis, as in CrossEntropy, or else the last.</remarks>
    public static LabelScorer? For(ModelInfo info)
    {
        for (var input = 0; input < info.Inputs.Count; input++)
        {
            var labels = info.Inputs[input];
            if (!labels.IsLabels || labels.UsedByPredict)
                continue;
            var start = 0;
            foreach (var output in info.Outputs)
            {
                var isFirst = output.Shape.Length > 0 && output.Shape[0] == labels.Classes && output.Shape.AsSpan(1).SequenceEqual(labels.Shape);
                var isLast = output.Shape.Length > 0 && output.Shape[^1] == labels.Classes && output.Shape.AsSpan(..^1).SequenceEqual(labels.Shape);
                if (isFirst || isLast)
                    return new LabelScorer(input, info.OutputLength, start, labels, isFirst);
                start += output.Length;
            }
        }

        return null;
    }

    /// <summary>Counts the predictions of a batch.</summary>
    public void Add(Batch batch, ReadOnlySpan<float> output)
    {
        var labels = batch.Ints(_input);
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var scores = output.Slice(sample * _rowLength + _outputStart, _positions * _classes);
            for (var position = 0; position < _positions; position++)
            {
                var label = labels[sample * _positions + position];
                if (label != _ignored)
                    Matrix.Add(label, Metrics.ArgMax(scores[(position * _positionStride)..], _classStride, _classes));
            }
        }
    }
}
