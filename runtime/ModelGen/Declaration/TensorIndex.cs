namespace ModelGen;

/// <summary>Represents one index of a part of a tensor: a position, which takes the axis away, or a range.</summary>
/// <remarks>Numbers, <see cref="Index"/> and <see cref="Range"/> become one by themselves: <c>x[.., 0]</c>, <c>x[.., ^1]</c>, <c>x[.., 2..5]</c>.</remarks>
public readonly record struct TensorIndex
{
    private TensorIndex(Index? position, Range? range) => (Position, Range) = (position, range);

    /// <summary>Gets the position; null for a range.</summary>
    public Index? Position { get; }

    /// <summary>Gets the range; null for a position.</summary>
    public Range? Range { get; }

    /// <summary>Converts a position to an index.</summary>
    public static implicit operator TensorIndex(int position) => new((Index)position, null);

    /// <summary>Converts a position to an index.</summary>
    public static implicit operator TensorIndex(Index position) => new(position, null);

    /// <summary>Converts a range to an index.</summary>
    public static implicit operator TensorIndex(Range range) => new(null, range);

    /// <summary>Returns the index as C# writes it.</summary>
    public override string ToString() => Range?.ToString() ?? Position.ToString()!;
}
