namespace ModelGen;

/// <summary>
/// Draws samples with replacement, each with a probability in proportion to its weight (PyTorch's WeightedRandomSampler): rare classes can be seen as often as
/// frequent ones.
/// </summary>
public sealed class WeightedSampler : ISampler
{
    private readonly double[] _sums;
    private readonly int _samples;

    /// <summary>Initializes a new instance of the <see cref="WeightedSampler"/> class.</summary>
    /// <param name="weights">A weight for each sample of the source, finite and at least 0, not all of them 0.</param>
    /// <param name="samplesPerEpoch">How many an epoch draws, at least 1; null for as many as there are.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or there is none but 0.</exception>
    public WeightedSampler(ReadOnlySpan<float> weights, int? samplesPerEpoch = null)
    {
        _sums = new double[weights.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(float.IsFinite(weights[i]) && weights[i] >= 0))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The weight of sample {i} is {weights[i]}; it must be a finite number of at least 0."), nameof(weights));
            }

            _sums[i] = sum += weights[i];
        }

        if (!(sum > 0))
            throw new ArgumentException("No sample has a weight of more than 0.", nameof(weights));
        _samples = samplesPerEpoch is { } samples ? Require.Positive(samples, nameof(samplesPerEpoch)) : weights.Length;
    }

    /// <summary>Makes one that draws each class as often as any other.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="column">The column of their labels, one for each sample; null for the first column of labels.</param>
    /// <param name="samplesPerEpoch">How many an epoch draws; null for as many as there are.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static WeightedSampler Balanced(Dataset data, int? column = null, int? samplesPerEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        var labels = data.LabelsOf(column);
        var weights = data.ClassWeights(column);
        return new WeightedSampler([.. labels.Select(label => weights[label])], samplesPerEpoch);
    }

    /// <inheritdoc/>
    public int SamplesPerEpoch(int count) => count == _sums.Length
        ? _samples
        : throw new ArgumentException(FormattableString.Invariant($"There are {_sums.Length} weights, but {count} samples."), nameof(count));

    /// <inheritdoc/>
    public void Draw(Span<int> order, int count, ulong seed, int epoch)
    {
        var rng = new Rng(seed, (ulong)epoch);
        for (var i = 0; i < order.Length; i++)
        {
            // The first sum above the number drawn: a sample of weight 0 has the sum of the one before it, and is never the first.
            var drawn = rng.NextDouble() * _sums[^1];
            var (low, high) = (0, _sums.Length - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_sums[middle] > drawn)
                    high = middle;
                else
                    low = middle + 1;
            }

            order[i] = low;
        }
    }
}
