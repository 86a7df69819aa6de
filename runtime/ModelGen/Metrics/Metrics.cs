namespace ModelGen;

/// <summary>Provides figures that say how good predictions are.</summary>
public static class Metrics
{
    /// <summary>Returns the index of the largest element, the first of equals; −1 where one is NaN, because the scores then name no class.</summary>
    /// <param name="scores">At least one score.</param>
    public static int ArgMax(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                return -1;
            if (scores[i] > scores[best])
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
            if (IsAmongTop(row, label, k))
                right++;
        }

        return (double)right / labels.Length;
    }

    /// <summary>
    /// Computes the area under the ROC curve: the share of the pairs of a positive and a negative sample in which the positive has the higher score, ties
    /// counting half (Fawcett 2006).
    /// </summary>
    /// <param name="scores">A score for each sample; only their order counts.</param>
    /// <param name="isPositive">Which samples are positive.</param>
    /// <returns>From 0 to 1; NaN where one of the two kinds is missing or a score is NaN.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double RocAuc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive)
    {
        if (!TryRank(scores, isPositive, out var sorted, out var kinds))
            return double.NaN;
        double positives = 0, pairs = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var (tiedPositives, end) = (0, i);
            for (; end < sorted.Length && sorted[end] == sorted[i]; end++)
                tiedPositives += kinds[end] ? 1 : 0;
            var tiedNegatives = end - i - tiedPositives;
            pairs += tiedNegatives * (positives + tiedPositives / 2.0);
            positives += tiedPositives;
            i = end;
        }

        return pairs / (positives * (sorted.Length - positives));
    }

    /// <summary>
    /// Computes the average precision Σ (Rₙ − Rₙ₋₁) Pₙ over all thresholds, from the highest score down: the area under the curve of precision P and recall R
    /// without interpolation.
    /// </summary>
    /// <param name="scores">A score for each sample; only their order counts.</param>
    /// <param name="isPositive">Which samples are positive.</param>
    /// <returns>From 0 to 1; NaN where one of the two kinds is missing or a score is NaN.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double AveragePrecision(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive)
    {
        if (!TryRank(scores, isPositive, out var sorted, out var kinds))
            return double.NaN;
        double positives = 0, area = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var (tied, end) = (0, i);
            for (; end < sorted.Length && sorted[end] == sorted[i]; end++)
                tied += kinds[end] ? 1 : 0;
            positives += tied;
            area += tied * positives / end;
            i = end;
        }

        return area / positives;
    }

    /// <summary>Whether fewer than k scores come before that of the label; among equal scores the lower class comes first, and NaN has no place.</summary>
    internal static bool IsAmongTop(ReadOnlySpan<float> scores, int label, int k)
    {
        var before = 0;
        for (var c = 0; c < scores.Length; c++)
        {
            if (scores[c] > scores[label] || (scores[c] == scores[label] && c < label))
                before++;
        }

        return before < k && ArgMax(scores) >= 0;
    }

    /// <summary>log Σ e^score.</summary>
    internal static double LogSumExp(ReadOnlySpan<float> scores)
    {
        var sum = double.NegativeInfinity;
        foreach (var score in scores)
            sum = LogAdd(sum, score);
        return sum;
    }

    /// <summary>log(e^a + e^b).</summary>
    internal static double LogAdd(double a, double b)
    {
        var (high, low) = a > b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(low) ? high : high + Math.Log(1 + Math.Exp(low - high));
    }

    // From the highest score down; false where there is nothing to rank.
    private static bool TryRank(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive, out float[] sorted, out bool[] kinds)
    {
        if (scores.Length != isPositive.Length)
            throw new ArgumentException($"There are {scores.Length} scores of {isPositive.Length} samples.", nameof(scores));
        (sorted, kinds) = (scores.ToArray(), isPositive.ToArray());
        Array.Sort(sorted, kinds);
        Array.Reverse(sorted);
        Array.Reverse(kinds);
        return sorted.Length > 0 && !sorted.Any(float.IsNaN) && kinds.Contains(true) && kinds.Contains(false);
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
