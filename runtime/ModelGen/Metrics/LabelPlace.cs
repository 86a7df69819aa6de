namespace ModelGen;

/// <summary>Where a model's labels and the scores of their classes are, for one label per sample or one per position.</summary>
internal sealed class LabelPlace
{
    private readonly int _input;
    private readonly int _rowLength;
    private readonly int _outputStart;
    private readonly int _positions;
    private readonly int _classStride;
    private readonly int _positionStride;
    private readonly int? _ignored;
    private readonly float[] _scores;

    private LabelPlace(int input, int rowLength, int outputStart, InputSpec labels, bool isClassAxisFirst)
    {
        (_input, _rowLength, _outputStart, _positions, Classes, _ignored) =
            (input, rowLength, outputStart, labels.Length, labels.Classes, labels.IgnoredLabel);
        (_classStride, _positionStride) = isClassAxisFirst ? (_positions, 1) : (1, Classes);
        _scores = new float[Classes];
    }

    /// <summary>Takes a label that is not ignored, and its scores.</summary>
    public delegate void Take(int label, ReadOnlySpan<float> scores);

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>Finds labels and an output with a score for each class of each label; null if there are none.</summary>
    /// <remarks>The class axis of the output is the one after the batch axis, as in CrossEntropy, or else the last.</remarks>
    public static LabelPlace? For(ModelInfo info)
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
                    return new LabelPlace(input, info.OutputLength, start, labels, isFirst);
                start += output.Length;
            }
        }

        return null;
    }

    /// <summary>Hands the labels of a batch on.</summary>
    public void ForEach(Batch batch, ReadOnlySpan<float> output, Take take)
    {
        var labels = batch.Ints(_input);
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var row = output.Slice(sample * _rowLength + _outputStart, _positions * Classes);
            for (var position = 0; position < _positions; position++)
            {
                var label = labels[sample * _positions + position];
                if (label == _ignored)
                    continue;
                var scores = row[(position * _positionStride)..];
                if (_classStride == 1)
                {
                    take(label, scores[..Classes]);
                    continue;
                }

                for (var c = 0; c < Classes; c++)
                    _scores[c] = scores[c * _classStride];
                take(label, _scores);
            }
        }
    }
}
