using System.Globalization;

namespace ModelGen;

/// <summary>Represents a column of class indices.</summary>
public sealed class LabelColumn : DataColumn
{
    private readonly int[] _labels;

    /// <summary>Initializes a new instance of the <see cref="LabelColumn"/> class around an array, which is not copied and must not be changed.</summary>
    /// <param name="name">The name, for messages.</param>
    /// <param name="labels">The rows one after the other.</param>
    /// <param name="shape">The positions of one row that have a label each; none for one label per sample.</param>
    /// <exception cref="ArgumentException">The number of labels is not a multiple of the size of a row.</exception>
    public LabelColumn(string name, int[] labels, params int[] shape)
        : base(name, shape, (labels ?? throw new ArgumentNullException(nameof(labels))).Length) => _labels = labels;

    /// <inheritdoc/>
    public override bool IsLabels => true;

    /// <summary>Returns the labels of one row.</summary>
    /// <param name="row">The row.</param>
    public ReadOnlySpan<int> Row(int row) => _labels.AsSpan(row * Length, Length);

    internal override void Fill(Batch batch, int input, ReadOnlySpan<int> rows, int first = 0)
    {
        var target = batch.Ints(input);
        for (var i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(target.Slice((first + i) * Length, Length));
    }

    internal override int FirstBadRow(InputSpec input, ReadOnlySpan<int> rows, out string problem)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var labels = Row(rows[i]);
            for (var position = 0; position < labels.Length; position++)
            {
                if (input.Takes(labels[position]))
                    continue;
                var where = labels.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"the label at position {position}") : "the label";
                problem = string.Create(CultureInfo.InvariantCulture, $"{where} is {labels[position]}, not {input.Range}");
                return i;
            }
        }

        problem = "";
        return -1;
    }

    private protected override DataColumn Reshape(int[] shape) => new LabelColumn(Name, _labels, shape);
}
