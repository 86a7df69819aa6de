using System.Globalization;

namespace ModelGen;

/// <summary>Represents a column of float32 numbers.</summary>
public sealed class FloatColumn : DataColumn
{
    private readonly float[] _values;

    /// <summary>Initializes a new instance of the <see cref="FloatColumn"/> class around an array, which is not copied and must not be changed.</summary>
    /// <param name="name">The name, for messages.</param>
    /// <param name="values">The rows one after the other, each in row-major order.</param>
    /// <param name="shape">The sizes of one row, without the batch axis; none for one number.</param>
    /// <exception cref="ArgumentException">The number of values is not a multiple of the size of a row.</exception>
    public FloatColumn(string name, float[] values, params int[] shape)
        : base(name, shape, (values ?? throw new ArgumentNullException(nameof(values))).Length) => _values = values;

    /// <summary>Returns the values of one row.</summary>
    /// <param name="row">The row.</param>
    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * Length, Length);

    internal override void Fill(Batch batch, int input, ReadOnlySpan<int> rows, int first = 0)
    {
        var target = batch.Floats(input);
        for (var i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(target.Slice((first + i) * Length, Length));
    }

    internal override void CopyRow(int row, Span<float> target) => Row(row).CopyTo(target);

    internal override int FirstBadRow(InputSpec input, ReadOnlySpan<int> rows, out string problem)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Row(rows[i]);
            for (var j = 0; j < row.Length; j++)
            {
                if (float.IsFinite(row[j]))
                    continue;
                problem = string.Create(CultureInfo.InvariantCulture, $"element {j} is {row[j]}");
                return i;
            }
        }

        problem = "";
        return -1;
    }

    private protected override DataColumn Reshape(int[] shape) => new FloatColumn(Name, _values, shape);
}
