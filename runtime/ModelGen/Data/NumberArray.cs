namespace ModelGen;

/// <summary>Represents an array of a file: its elements as numbers, in row-major order.</summary>
public sealed class NumberArray
{
    private readonly double[] _values;

    internal NumberArray(int[] shape, NumberType type, double[] values)
    {
        (Shape, _values) = (shape, values);
        Type = type.ToString();
    }

    /// <summary>Gets the sizes of all axes; none for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Gets the type of the elements in the file, as NumPy names it: <c>float32</c>.</summary>
    public string Type { get; }

    /// <summary>Gets the elements.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Returns the elements as a column of numbers, with a sample for each element of the first axis.</summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidOperationException">The array has no axis.</exception>
    public FloatColumn ToFloatColumn(string name) => new(name, [.. _values.Select(value => (float)value)], RowShape());

    /// <summary>Returns the elements as a column of class indices, with a sample for each element of the first axis.</summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidOperationException">The array has no axis, or an element is no index.</exception>
    public LabelColumn ToLabelColumn(string name)
    {
        var labels = new int[_values.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = _values[i] is >= int.MinValue and <= int.MaxValue && Math.Floor(_values[i]) == _values[i]
                ? (int)_values[i]
                : throw new InvalidOperationException(FormattableString.Invariant($"Element {i} is {_values[i]}, expected a whole number."));
        }

        return new LabelColumn(name, labels, RowShape());
    }

    /// <summary>Reads elements.</summary>
    /// <exception cref="DataFormatException">The file ends before them.</exception>
    internal static double[] Read(string path, Stream stream, long dataStart, long count, NumberType type)
    {
        var values = new double[count];
        var buffer = new byte[4096 * type.Size];
        for (var start = 0; start < values.Length; start += 4096)
        {
            var part = Math.Min(4096, values.Length - start);
            var got = stream.ReadAtLeast(buffer.AsSpan(0, part * type.Size), part * type.Size, throwOnEndOfStream: false);
            if (got < part * type.Size)
                throw new DataFormatException(path, dataStart + (long)start * type.Size + got, "the file has become shorter while it was read.");
            for (var i = 0; i < part; i++)
                values[start + i] = type.Read(buffer.AsSpan(i * type.Size, type.Size));
        }

        return values;
    }

    private int[] RowShape() => Shape.Count > 0
        ? [.. Shape.Skip(1)]
        : throw new InvalidOperationException("A single number has no first axis to take samples from.");
}
