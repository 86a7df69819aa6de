namespace ModelGen.Runtime;

/// <summary>Provides what <see cref="VectorMath{L, V}"/> does with the bits of vectors: each lane of a V is taken for an integer of 32 bits.</summary>
/// <typeparam name="V">The vector.</typeparam>
internal interface IBitLanes<V> where V : unmanaged
{
    /// <summary>Gets whether <see cref="ILanes{V}.MultiplyAdd"/> rounds once.</summary>
    static abstract bool IsFused { get; }

    /// <summary>Returns a vector whose lanes are all the same integer.</summary>
    static abstract V AllBits(int x);

    /// <summary>Returns start, start + step, … modulo 2³².</summary>
    static abstract V Counters(uint start, uint step);

    /// <summary>Computes a + b.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>Computes a − b.</summary>
    static abstract V SubtractBits(V a, V b);

    /// <summary>Computes the low 32 bits of a · b.</summary>
    static abstract V MultiplyBits(V a, V b);

    /// <summary>Computes the bits that one of two has and the other has not.</summary>
    static abstract V Xor(V a, V b);

    /// <summary>Takes the bits that the mask has from a, the others from b.</summary>
    static abstract V SelectBits(V mask, V a, V b);

    /// <summary>Moves bits up, with zeros after them.</summary>
    static abstract V ShiftLeft(V x, int bits);

    /// <summary>Moves bits down, with zeros before them.</summary>
    static abstract V ShiftRight(V x, int bits);

    /// <summary>Moves bits down, with the sign before them.</summary>
    static abstract V ShiftRightSigned(V x, int bits);

    /// <summary>Returns the mask of the lanes whose integers are equal.</summary>
    static abstract V EqualBits(V a, V b);

    /// <summary>Converts integers to floats.</summary>
    static abstract V ToFloat(V x);

    /// <summary>Returns whether a ≤ b in all lanes, as floats.</summary>
    static abstract bool AllLessOrEqual(V a, V b);
}
