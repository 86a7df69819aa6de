namespace ModelGen;

/// <summary>Where a model's targets and the output of their shape are.</summary>
internal sealed class TargetPlace
{
    private readonly int _input;
    private readonly int _length;
    private readonly int _rowLength;
    private readonly int _outputStart;

    private TargetPlace(int input, int length, int rowLength, int outputStart) =>
        (_input, _length, _rowLength, _outputStart) = (input, length, rowLength, outputStart);

    /// <summary>Finds targets and an output of their shape; null if there are none.</summary>
    public static TargetPlace? For(ModelInfo info)
    {
        for (var input = 0; input < info.Inputs.Count; input++)
        {
            var targets = info.Inputs[input];
            if (targets.IsLabels || targets.UsedByPredict || !targets.HasBatch)
                continue;
            var start = 0;
            foreach (var output in info.Outputs)
            {
                if (output.Shape.AsSpan().SequenceEqual(targets.Shape))
                    return new TargetPlace(input, targets.Length, info.OutputLength, start);
                start += output.Length;
            }
        }

        return null;
    }

    /// <summary>Finds targets and an output of their shape.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static TargetPlace For(ModelInfo info, string metric)
    {
        ArgumentNullException.ThrowIfNull(info);
        return For(info) ?? throw new ArgumentException(
            $"The metric '{metric}' needs targets and an output of their shape; {info.Name} reads {string.Join(", ", info.Inputs)} "
                + $"and gives {string.Join(", ", info.Outputs.Select(output => $"{output.Name} {ShapeText.Of(output.Shape, hasBatch: true)}"))}.",
            nameof(info));
    }

    /// <summary>Hands the elements of a batch on: output, target.</summary>
    public void ForEach(Batch batch, ReadOnlySpan<float> output, Action<float, float> take)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var targets = batch.Floats(_input);
        for (var sample = 0; sample < batch.Count; sample++)
        {
            for (var i = 0; i < _length; i++)
                take(output[sample * _rowLength + _outputStart + i], targets[sample * _length + i]);
        }
    }
}
