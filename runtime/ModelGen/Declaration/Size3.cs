namespace ModelGen;

/// <summary>Represents a depth, a height and a width: of a kernel, a stride, a padding or a dilation. One number stands for all three.</summary>
/// <param name="Depth">The size along the first spatial axis.</param>
/// <param name="Height">The size along the axis before the last.</param>
/// <param name="Width">The size along the last axis.</param>
public readonly record struct Size3(int Depth, int Height, int Width)
{
    /// <summary>Converts a number to the same size for all axes: <c>kernel: 3</c> is 3×3×3.</summary>
    public static implicit operator Size3(int size) => new(size, size, size);

    /// <summary>Converts a (depth, height, width) triple.</summary>
    public static implicit operator Size3((int Depth, int Height, int Width) size) => new(size.Depth, size.Height, size.Width);

    /// <summary>Returns the sizes as text: <c>3×5×5</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Depth}×{Height}×{Width}");
}
