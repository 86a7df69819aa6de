namespace ModelGen;

/// <content>Parts of a set by class.</content>
public sealed partial class Dataset
{
    /// <summary>Splits the samples at random into two sets with the same shares of each class, as nearly as whole samples allow.</summary>
    /// <param name="fraction">The part that goes into the first set, in (0, 1).</param>
    /// <param name="seed">Decides which.</param>
    /// <param name="column">The column of the labels, one for each sample; null for the first column of labels.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not in (0, 1).</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">A set would be empty.</exception>
    public (Dataset First, Dataset Second) SplitStratified(double fraction, ulong seed = 0, int? column = null)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be between 0 and 1.");
        var (first, second) = (new List<int>(), new List<int>());
        var owed = 0.0;
        foreach (var group in ByClass(column, seed, "stratified split"))
        {
            // What rounding takes from one class it gives to the next.
            var share = fraction * group.Length + owed;
            var count = Math.Clamp((int)Math.Round(share), 0, group.Length);
            owed = share - count;
            first.AddRange(group[..count]);
            second.AddRange(group[count..]);
        }

        if (first.Count == 0 || second.Count == 0)
            throw new InvalidOperationException(FormattableString.Invariant($"A set of {Count} samples cannot be parted in two by a fraction of {fraction}."));
        return (Shuffled(first, seed), Shuffled(second, seed));
    }

    /// <summary>
    /// Parts the samples at random into k folds and returns, for each, the samples of all others and its own: for k-fold cross-validation.
    /// </summary>
    /// <param name="k">The number of folds, from 2 to the number of samples.</param>
    /// <param name="seed">Decides which.</param>
    /// <param name="stratified">Whether each fold has the same share of each class; then there must be a column of labels, one for each sample.</param>
    /// <param name="column">The column of the labels; null for the first column of labels.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 2 or more than the samples.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<(Dataset Train, Dataset Validation)> KFold(int k, ulong seed = 0, bool stratified = false, int? column = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Count);
        int[] order = stratified ? [.. ByClass(column, seed, "folds").SelectMany(group => group)] : OrderOf("folds", seed);
        var folds = new (Dataset Train, Dataset Validation)[k];
        for (var fold = 0; fold < k; fold++)
        {
            // Every k-th: of a class, whose samples lie together, each fold gets as many but for one.
            var own = order.Where((_, i) => i % k == fold).ToArray();
            var others = order.Where((_, i) => i % k != fold).ToList();
            folds[fold] = (Shuffled(others, seed), Select(own));
        }

        return folds;
    }

    /// <summary>
    /// Returns a weight for each class, n / (classes · n of the class): rare classes count as much as frequent ones (scikit-learn's "balanced"). Use it with
    /// <see cref="WeightedSampler"/>, or as constants of a loss. It is 0 for a class without samples.
    /// </summary>
    /// <param name="column">The column of the labels, one for each sample; null for the first column of labels.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public float[] ClassWeights(int? column = null)
    {
        var labels = LabelsOf(column);
        var counts = new int[labels.Length == 0 ? 0 : labels.Max() + 1];
        foreach (var label in labels.Where(label => label >= 0))
            counts[label]++;
        var occurring = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 0f : (float)((double)labels.Length / occurring / count))];
    }

    /// <summary>Returns the same samples, changed after they are read.</summary>
    /// <param name="transforms">What is done to each, in order.</param>
    public IDataSource Augment(params Transform[] transforms) => new TransformedSource(this, transforms);

    /// <summary>The label of each sample.</summary>
    internal int[] LabelsOf(int? column)
    {
        var index = column ?? Array.FindIndex(_columns, candidate => candidate.IsLabels);
        if ((uint)index >= (uint)_columns.Length || _columns[index] is not LabelColumn { Length: 1 } labels)
        {
            throw new ArgumentException(
                $"A column of labels, one for each sample, is needed; the data set has {string.Join(", ", _columns.Select(other => other.ToString()))}.",
                nameof(column));
        }

        return [.. _rows.Select(row => labels.Row(row)[0])];
    }

    private int[][] ByClass(int? column, ulong seed, string what)
    {
        var labels = LabelsOf(column);
        return [.. OrderOf(what, seed).GroupBy(sample => labels[sample]).OrderBy(group => group.Key).Select(group => group.ToArray())];
    }

    private int[] OrderOf(string what, ulong seed)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        var rng = new Rng(seed, what);
        rng.Shuffle<int>(order);
        return order;
    }

    private Dataset Shuffled(List<int> samples, ulong seed)
    {
        var order = samples.ToArray();
        var rng = new Rng(seed, "order");
        rng.Shuffle<int>(order);
        return Select(order);
    }
}
