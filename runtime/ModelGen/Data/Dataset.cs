using System.Buffers;
using System.Globalization;

namespace ModelGen;

/// <summary>Represents samples in columns, in the order of the model's inputs. Parts of a set share its data.</summary>
public sealed partial class Dataset : IDataSource
{
    private readonly DataColumn[] _columns;
    private readonly int[] _rows;

    /// <summary>Initializes a new instance of the <see cref="Dataset"/> class.</summary>
    /// <param name="columns">The inputs, then targets or labels, in the order of the model's inputs; all with the same number of rows.</param>
    /// <exception cref="ArgumentException">There is no column, or the numbers of rows differ.</exception>
    public Dataset(params DataColumn[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0)
            throw new ArgumentException("A data set needs at least one column.", nameof(columns));
        foreach (var column in columns)
        {
            if (column.Count != columns[0].Count)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The columns have different numbers of samples: '{columns[0].Name}' {columns[0].Count}, '{column.Name}' {column.Count}."),
                    nameof(columns));
            }
        }

        _columns = [.. columns];
        _rows = new int[columns[0].Count];
        for (var i = 0; i < _rows.Length; i++)
            _rows[i] = i;
    }

    private Dataset(DataColumn[] columns, int[] rows)
    {
        _columns = columns;
        _rows = rows;
    }

    /// <summary>Gets the columns. Row <see cref="RowOf"/>(i) of each is sample i.</summary>
    public IReadOnlyList<DataColumn> Columns => _columns;

    /// <summary>Gets the number of samples.</summary>
    public int Count => _rows.Length;

    /// <summary>The row of each sample.</summary>
    internal ReadOnlySpan<int> Rows => _rows;

    /// <summary>Creates a set for classification.</summary>
    /// <param name="inputs">The inputs, one sample after the other.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="shape">The sizes of one input, without the batch axis.</param>
    public static Dataset FromArrays(float[] inputs, int[] labels, params int[] shape) =>
        new(new FloatColumn("input", inputs, shape), new LabelColumn("label", labels));

    /// <summary>Creates a set for regression.</summary>
    /// <param name="inputs">The inputs, one sample after the other.</param>
    /// <param name="shape">The sizes of one input, without the batch axis.</param>
    /// <param name="targets">The targets, one sample after the other.</param>
    /// <param name="targetShape">The sizes of one target, without the batch axis.</param>
    public static Dataset FromArrays(float[] inputs, int[] shape, float[] targets, int[] targetShape) =>
        new(new FloatColumn("input", inputs, shape), new FloatColumn("target", targets, targetShape));

    /// <summary>Returns the row of the columns that holds a sample.</summary>
    /// <param name="sample">The sample, in [0, Count).</param>
    public int RowOf(int sample) => _rows[sample];

    /// <summary>Returns the first samples.</summary>
    /// <param name="count">How many; all if there are fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Dataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new Dataset(_columns, _rows[..Math.Min(count, Count)]);
    }

    /// <summary>Returns all but the first samples.</summary>
    /// <param name="count">How many are left out; none is left if there are fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Dataset Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new Dataset(_columns, _rows[Math.Min(count, Count)..]);
    }

    /// <summary>Returns the samples with the given indices.</summary>
    /// <param name="samples">Indices in [0, Count), in any order.</param>
    public Dataset Select(ReadOnlySpan<int> samples)
    {
        var rows = new int[samples.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = _rows[samples[i]];
        return new Dataset(_columns, rows);
    }

    /// <summary>Splits the samples at random into two sets.</summary>
    /// <param name="fraction">The part that goes into the first set, in (0, 1); both sets get at least one sample.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not in (0, 1).</exception>
    /// <exception cref="InvalidOperationException">There are fewer than two samples.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, ulong seed = 0)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be between 0 and 1.");
        if (Count < 2)
            throw new InvalidOperationException($"A set of {Count} samples cannot be parted in two.");
        var shuffled = (int[])_rows.Clone();
        var rng = new Rng(seed, "split");
        rng.Shuffle<int>(shuffled);
        var first = Math.Clamp((int)Math.Round(fraction * Count), 1, Count - 1);
        return (new Dataset(_columns, shuffled[..first]), new Dataset(_columns, shuffled[first..]));
    }

    /// <summary>Returns the same samples with rows of another shape in one column, such as images as vectors.</summary>
    /// <param name="column">The column.</param>
    /// <param name="shape">The new sizes, without the batch axis; the same number of elements.</param>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public Dataset WithShape(int column, params int[] shape)
    {
        DataColumn[] columns = [.. _columns];
        columns[column] = columns[column].WithShape(shape);
        return new Dataset(columns, _rows);
    }

    /// <summary>
    /// Checks that a model can take every sample: the number, kind and shape of the columns, that numbers are finite, and that labels are in range.
    /// </summary>
    /// <param name="info">The model.</param>
    /// <param name="inputsOnly">Whether only what <see cref="IModel.Predict"/> reads must be there.</param>
    /// <exception cref="ArgumentException">It cannot; the message names the column, the sample and both shapes or the allowed range.</exception>
    public void ThrowIfUnfit(ModelInfo info, bool inputsOnly = false)
    {
        ArgumentNullException.ThrowIfNull(info);
        ThrowIfMisshapen(info, inputsOnly);
        for (var i = 0; i < Used(info, inputsOnly); i++)
        {
            if (inputsOnly && !info.Inputs[i].UsedByPredict)
                continue;
            var bad = _columns[i].FirstBadRow(info.Inputs[i], _rows, out var problem);
            if (bad >= 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Sample {bad} of the column '{_columns[i].Name}' cannot be used for {info.Name}: {problem}."));
            }
        }
    }

    internal static int Used(ModelInfo info, bool inputsOnly)
    {
        var used = 0;
        for (var i = 0; i < info.Inputs.Count; i++)
        {
            if (!inputsOnly || info.Inputs[i].UsedByPredict)
                used = i + 1;
        }

        return used;
    }

    internal void ThrowIfMisshapen(ModelInfo info, bool inputsOnly)
    {
        if (Count == 0)
            throw new ArgumentException($"The data set for {info.Name} is empty.");
        var used = Used(info, inputsOnly);
        if (_columns.Length < used || (!inputsOnly && _columns.Length > used))
        {
            throw new ArgumentException(
                $"{info.Name} reads {string.Join(", ", info.Inputs.Take(used))}; the data set has "
                    + $"{string.Join(", ", _columns.Select(column => column.ToString()))}.");
        }

        for (var i = 0; i < used; i++)
        {
            var (input, column) = (info.Inputs[i], _columns[i]);
            if (inputsOnly && !input.UsedByPredict)
                continue;
            if (input.IsLabels == column.IsLabels && input.HasBatch && input.Shape.SequenceEqual(column.Shape))
                continue;
            var hint = input.IsLabels == column.IsLabels && input.HasBatch && input.Length == column.Length
                ? $" They have the same number of elements: WithShape({i}, {string.Join(", ", input.Shape)}) makes it fit."
                : "";
            throw new ArgumentException($"{info.Name} expects {input}; the data set's column {i} is {column}.{hint}");
        }
    }

    /// <inheritdoc/>
    void IDataSource.Read(int sample, Batch batch, int row, SampleContext context) => Fill(batch, [_rows[sample]], context.InputsOnly, row);

    /// <summary>Writes samples into a batch.</summary>
    internal void Fill(Batch batch, ReadOnlySpan<int> samples, bool inputsOnly)
    {
        batch.Count = samples.Length;
        var rows = ArrayPool<int>.Shared.Rent(samples.Length);
        for (var i = 0; i < samples.Length; i++)
            rows[i] = _rows[samples[i]];
        Fill(batch, rows.AsSpan(0, samples.Length), inputsOnly, first: 0);
        ArrayPool<int>.Shared.Return(rows);
    }

    /// <summary>Hands the numbers of each sample on.</summary>
    internal void ForEachRow(int column, Action<float[]> take)
    {
        var numbers = new float[_columns[column].Length];
        foreach (var row in _rows)
        {
            _columns[column].CopyRow(row, numbers);
            take(numbers);
        }
    }

    /// <summary>The same samples with a copy of a column's numbers that was changed.</summary>
    internal Dataset Replace(int column, Action<float[], IReadOnlyList<int>> change)
    {
        var old = _columns[column];
        var values = new float[(long)old.Count * old.Length];
        for (var row = 0; row < old.Count; row++)
            old.CopyRow(row, values.AsSpan(row * old.Length, old.Length));
        change(values, old.Shape);
        DataColumn[] columns = [.. _columns];
        columns[column] = new FloatColumn(old.Name, values, [.. old.Shape]);
        return new Dataset(columns, _rows);
    }

    private void Fill(Batch batch, ReadOnlySpan<int> rows, bool inputsOnly, int first)
    {
        var used = Used(batch.Info, inputsOnly);
        for (var i = 0; i < used; i++)
        {
            if (!inputsOnly || batch.Info.Inputs[i].UsedByPredict)
                _columns[i].Fill(batch, i, rows, first);
        }
    }
}
