namespace ILGPU;

/// <summary>A 32-bit index of two dimensions.</summary>
public readonly record struct Index2D(int X, int Y)
{
    /// <summary>An index from a pair.</summary>
    public static implicit operator Index2D((int X, int Y) pair) => new(pair.X, pair.Y);
}
