using System.Globalization;

namespace ModelGen;

/// <summary>
/// Represents one column of a <see cref="Dataset"/>: an input, a target or labels, with one row for each sample. It never changes after it is made.
/// </summary>
public abstract class DataColumn
{
    private protected DataColumn(string name, int[] shape, int elements)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        var whole = 1L;
        foreach (var size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(shape));
            if ((whole *= size) > Array.MaxLength)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"A row {ShapeText.Of(shape, hasBatch: true)} of the column '{name}' has more elements than an array holds ({Array.MaxLength})."),
                    nameof(shape));
            }
        }

        var length = (int)whole;

        if (elements % length != 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The column '{name}' has {elements} elements: not a multiple of {length}, the size of a row {ShapeText.Of(shape, hasBatch: true)}."));
        }

        Name = name;
        Shape = [.. shape];
        Length = length;
        Count = elements / length;
    }

    /// <summary>Gets the name, for messages.</summary>
    public string Name { get; }

    /// <summary>Gets the sizes of one row, without the batch axis.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Gets the number of elements of one row.</summary>
    public int Length { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; }

    /// <summary>Gets a value indicating whether the elements are class indices.</summary>
    public virtual bool IsLabels => false;

    /// <summary>Returns the same data with rows of another shape.</summary>
    /// <param name="shape">The new sizes, without the batch axis; the same number of elements.</param>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public DataColumn WithShape(params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Aggregate(1L, (product, size) => product * size) != Length)
        {
            throw new ArgumentException(
                $"The column '{Name}' has rows {ShapeText.Of(Shape, hasBatch: true)}: they cannot become {ShapeText.Of(shape, hasBatch: true)}.",
                nameof(shape));
        }

        return Reshape(shape);
    }

    /// <summary>Returns the column as text: <c>image f32[N,1,28,28]</c>.</summary>
    public override string ToString() => $"{Name} {(IsLabels ? "i32" : "f32")}{ShapeText.Of(Shape, hasBatch: true)}";

    /// <summary>Writes rows into a batch, converted.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="input">The input they are for.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The row of the batch that the first goes to.</param>
    internal abstract void Fill(Batch batch, int input, ReadOnlySpan<int> rows, int first = 0);

    /// <summary>Writes a row as numbers, converted.</summary>
    /// <exception cref="ArgumentException">The column has no numbers.</exception>
    internal virtual void CopyRow(int row, Span<float> target) => throw new ArgumentException($"The column {this} has no numbers.");

    /// <summary>Finds the first row whose values no model can take; −1 if there is none.</summary>
    internal abstract int FirstBadRow(InputSpec input, ReadOnlySpan<int> rows, out string problem);

    private protected abstract DataColumn Reshape(int[] shape);
}
