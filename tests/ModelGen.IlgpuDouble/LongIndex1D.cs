namespace ILGPU;

/// <summary>A 64-bit index of one dimension.</summary>
public readonly record struct LongIndex1D(long X)
{
    /// <summary>The plain number.</summary>
    public static implicit operator long(LongIndex1D index) => index.X;

    /// <summary>An index from a plain number.</summary>
    public static implicit operator LongIndex1D(long x) => new(x);
}
