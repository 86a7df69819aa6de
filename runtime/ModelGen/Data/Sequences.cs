namespace ModelGen;

/// <summary>Cuts sequences into samples.</summary>
public static class Sequences
{
    /// <summary>Cuts a series into windows, each with the values that follow it: the samples of a forecast.</summary>
    /// <param name="values">The series, step by step, each of <paramref name="features"/> numbers.</param>
    /// <param name="features">The numbers of a step, at least 1.</param>
    /// <param name="window">The steps of an input, at least 1.</param>
    /// <param name="horizon">The steps of a target, which begin after the window, at least 1.</param>
    /// <param name="stride">From the start of one window to that of the next, at least 1.</param>
    /// <returns>Columns <c>window</c> f32[N,window,features] and <c>next</c> f32[N,horizon,features], in the order of time: split by <see cref="Dataset.Take"/>
    /// and <see cref="Dataset.Skip"/>, so that no sample knows the future of another set.</returns>
    /// <exception cref="ArgumentException">The series is not a multiple of the features, or shorter than one sample.</exception>
    public static Dataset Windows(ReadOnlySpan<float> values, int features, int window, int horizon = 1, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        var steps = values.Length / features;
        if (values.Length % features != 0 || steps < window + horizon)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"A series of {values.Length} numbers is no {window} + {horizon} steps of {features}: give a multiple of {features}, at least that long."),
                nameof(values));
        }

        var count = (steps - window - horizon) / stride + 1;
        var (inputs, targets) = (new float[(long)count * window * features], new float[(long)count * horizon * features]);
        for (var i = 0; i < count; i++)
        {
            var sample = values.Slice(i * stride * features, (window + horizon) * features);
            sample[..(window * features)].CopyTo(inputs.AsSpan(i * window * features));
            sample[(window * features)..].CopyTo(targets.AsSpan(i * horizon * features));
        }

        return new Dataset(new FloatColumn("window", inputs, window, features), new FloatColumn("next", targets, horizon, features));
    }

    /// <summary>Brings sequences of words to one length, as a model reads them.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="length">The length, at least 1: longer ones are cut, shorter ones padded at the end.</param>
    /// <param name="padding">What stands after the end of a shorter one.</param>
    /// <returns>i32[N, length], row by row.</returns>
    public static int[] Pad(IReadOnlyList<IReadOnlyList<int>> sequences, int length, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var padded = new int[(long)sequences.Count * length];
        padded.AsSpan().Fill(padding);
        for (var i = 0; i < sequences.Count; i++)
        {
            for (var j = 0; j < Math.Min(length, sequences[i].Count); j++)
                padded[i * length + j] = sequences[i][j];
        }

        return padded;
    }

    /// <summary>Groups sequences by length, so that each group can be padded to a length of its own (bucketing), with a model for each.</summary>
    /// <param name="lengths">The length of each sequence.</param>
    /// <param name="bounds">The lengths of the groups, rising: a sequence goes to the first that holds it.</param>
    /// <returns>The sequences of each group; those that are longer than the last bound are in the last, to be cut.</returns>
    /// <exception cref="ArgumentException">The bounds do not rise, or there is none.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Buckets(ReadOnlySpan<int> lengths, ReadOnlySpan<int> bounds)
    {
        if (bounds.Length == 0)
            throw new ArgumentException("There must be at least one bound.", nameof(bounds));
        for (var i = 1; i < bounds.Length; i++)
        {
            if (bounds[i] <= bounds[i - 1])
                throw new ArgumentException(FormattableString.Invariant($"Bounds must rise; {bounds[i]} stands after {bounds[i - 1]}."), nameof(bounds));
        }

        var buckets = new List<int>[bounds.Length];
        for (var i = 0; i < buckets.Length; i++)
            buckets[i] = [];
        for (var i = 0; i < lengths.Length; i++)
        {
            var bucket = 0;
            while (bucket < bounds.Length - 1 && lengths[i] > bounds[bucket])
                bucket++;
            buckets[bucket].Add(i);
        }

        return buckets;
    }
}
