namespace ILGPU;

/// <summary>A 32-bit index of one dimension.</summary>
public readonly record struct Index1D(int X)
{
    /// <summary>The plain number.</summary>
    public static implicit operator int(Index1D index) => index.X;

    /// <summary>An index from a plain number.</summary>
    public static implicit operator Index1D(int x) => new(x);
}
