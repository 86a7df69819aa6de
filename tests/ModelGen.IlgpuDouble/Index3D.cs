namespace ILGPU;

/// <summary>A 32-bit index of three dimensions.</summary>
public readonly record struct Index3D(int X, int Y, int Z)
{
    /// <summary>The product of the three, as a grid may have more than 2^31 threads.</summary>
    public long LongSize => (long)X * Y * Z;

    /// <summary>An index from a triple.</summary>
    public static implicit operator Index3D((int X, int Y, int Z) triple) => new(triple.X, triple.Y, triple.Z);

    /// <inheritdoc/>
    public override string ToString() => $"({X}, {Y}, {Z})";
}
