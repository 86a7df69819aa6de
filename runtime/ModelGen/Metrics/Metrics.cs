namespace ModelGen;

/// <summary>Provides figures that say how good predictions are.</summary>
public static class Metrics
{
    /// <summary>Returns the index of the largest element, the first of equals; −1 where one is NaN, because the scores then name no class.</summary>
    /// <param name="scores">At least one score.</param>
    public static int ArgMax(ReadOnlySpan<float> scores) => ArgMax(scores, 1, scores.Length);

    /// <summary>As <see cref="ArgMax(ReadOnlySpan{float})"/>, of scores that lie apart.</summary>
    /// <param name="scores">Begins with the first score.</param>
    /// <param name="stride">From one score to the next.</param>
    /// <param name="count">The number of scores.</param>
    internal static int ArgMax(ReadOnlySpan<float> scores, int stride, int count)
    {
        var best = 0;
        for (var i = 0; i < count; i++)
        {
            if (float.IsNaN(scores[i * stride]))
                return -1;
            if (scores[i * stride] > scores[best * stride])
                best = i;
        }

        return best;
    }

    /// <summary>
    /// Returns the share of the samples whose largest score is that of their label. A sample with a score that is NaN does not count as right.
    /// </summary>
    /// <param name="scores">f32[N, classes], row by row.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <exception cref="ArgumentException">There is no label, or the scores are not a multiple of the labels.</exception>
    public static double Accuracy(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        var classes = Classes(scores, labels);
        var right = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (ArgMax(scores.Slice(i * classes, classes)) is >= 0 and var predicted && predicted == labels[i])
                right++;
        }

        return (double)right / labels.Length;
    }

    /// <summary>
    /// Returns the share of the samples whose label's score is among the k largest; among equal scores the lower class comes first. A sample with a score that
    /// is NaN does not count as right.
    /// </summary>
    /// <param name="scores">f32[N, classes], row by row.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="k">How many may be before it, plus one; at least 1.</param>
    /// <exception cref="ArgumentException">There is no label, the scores are not a multiple of the labels, or a label is out of range.</exception>
    public static double TopK(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var classes = Classes(scores, labels);
        var right = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var row = scores.Slice(i * classes, classes);
            var label = labels[i];
            if ((uint)label >= (uint)classes)
                throw new ArgumentException($"Label {i} is {label}; it must be from 0 to {classes - 1}.", nameof(labels));
            var before = 0;
            for (var c = 0; c < classes; c++)
            {
                if (row[c] > row[label] || (row[c] == row[label] && c < label))
                    before++;
            }

            if (before < k && ArgMax(row) >= 0)
                right++;
        }

        return (double)right / labels.Length;
    }

    /// <summary>Computes the mean of |predicted − actual|.</summary>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        CheckLengths(predicted, actual);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
            sum += Math.Abs((double)predicted[i] - actual[i]);
        return sum / actual.Length;
    }

    /// <summary>Computes the mean of (predicted − actual)².</summary>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static double MeanSquaredError(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        CheckLengths(predicted, actual);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
            sum += ((double)predicted[i] - actual[i]) * ((double)predicted[i] - actual[i]);
        return sum / actual.Length;
    }

    /// <summary>
    /// Computes R² = 1 − Σ (actual − predicted)² / Σ (actual − mean)²: 1 is perfect, 0 is as good as the mean. It is NaN if all actual values are equal.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static double RSquared(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        CheckLengths(predicted, actual);
        var mean = 0.0;
        foreach (var value in actual)
            mean += value;
        mean /= actual.Length;
        var total = 0.0;
        foreach (var value in actual)
            total += (value - mean) * (value - mean);
        return total == 0 ? double.NaN : 1 - MeanSquaredError(predicted, actual) * actual.Length / total;
    }

    private static int Classes(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels) =>
        labels.Length > 0 && scores.Length > 0 && scores.Length % labels.Length == 0
            ? scores.Length / labels.Length
            : throw new ArgumentException($"{scores.Length} scores cannot belong to {labels.Length} labels.", nameof(scores));

    private static void CheckLengths(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        if (predicted.Length != actual.Length || actual.Length == 0)
            throw new ArgumentException($"There are {predicted.Length} predicted and {actual.Length} actual values; both must be equal and not 0.",
                nameof(predicted));
    }
}
