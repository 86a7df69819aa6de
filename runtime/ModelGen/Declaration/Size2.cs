namespace ModelGen;

/// <summary>Represents a height and a width: of a kernel, a stride, a padding or a dilation. One number stands for both.</summary>
/// <param name="Height">The size along the vertical axis (the one before the last).</param>
/// <param name="Width">The size along the horizontal axis (the last one).</param>
public readonly record struct Size2(int Height, int Width)
{
    /// <summary>Converts a number to the same size for both axes: <c>kernel: 5</c> is 5×5.</summary>
    public static implicit operator Size2(int size) => new(size, size);

    /// <summary>Converts a (height, width) pair: <c>kernel: (1, 7)</c> is one high and seven wide.</summary>
    public static implicit operator Size2((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>Returns the sizes as text: <c>5×5</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Height}×{Width}");
}
