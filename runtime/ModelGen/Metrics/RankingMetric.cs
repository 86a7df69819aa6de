using System.Runtime.InteropServices;

namespace ModelGen;

/// <summary>A figure of the order of scores, of which all are kept: of a class against all others, or of targets of 0 and 1.</summary>
internal sealed class RankingMetric(string name, RankingMetric.Figure value, int ofClass) : Metric(name)
{
    private readonly int _ofClass = Require.NotNegative(ofClass);
    private readonly List<float> _scores = [];
    private readonly List<bool> _isPositive = [];
    private LabelPlace? _labels;
    private TargetPlace? _targets;

    /// <summary>The figure of scores, of which some are those of positive samples.</summary>
    public delegate double Figure(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive);

    /// <inheritdoc/>
    public override double Value => value(CollectionsMarshal.AsSpan(_scores), CollectionsMarshal.AsSpan(_isPositive));

    /// <inheritdoc/>
    public override void Start(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        _labels = LabelPlace.For(info);
        _targets = _labels is null ? TargetPlace.For(info, Name) : null;
        if (_labels is { } labels && _ofClass >= labels.Classes)
            throw new ArgumentException($"The metric '{Name}' is of class {_ofClass}; {info.Name} has the classes 0 to {labels.Classes - 1}.", nameof(info));
        _scores.Clear();
        _isPositive.Clear();
    }

    /// <inheritdoc/>
    public override void Add(Batch batch, ReadOnlySpan<float> output)
    {
        _labels?.ForEach(batch, output, AddLabel);
        _targets?.ForEach(batch, output, Add);
    }

    private void AddLabel(int label, ReadOnlySpan<float> scores)
    {
        // The logarithm of the class against all others orders as its softmax does, and distinguishes near 0 and 1.
        var others = double.NegativeInfinity;
        for (var c = 0; c < scores.Length; c++)
        {
            if (c != _ofClass)
                others = Metrics.LogAdd(others, scores[c]);
        }

        Add((float)(scores[_ofClass] - others), label == _ofClass ? 1f : 0f);
    }

    private void Add(float score, float target)
    {
        _scores.Add(score);
        _isPositive.Add(target > 0.5f);
    }
}
