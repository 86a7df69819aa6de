using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>Sets subnormal numbers to zero: they make every later operation on them slow, and C# cannot tell the processor to do it.</summary>
/// <remarks>Of a mean of squares that a direction is divided by, only what nothing is added to any more; the direction goes with it. Were the divisor
/// gone alone, what is left of a tiny direction would be divided by eps.</remarks>
internal static class Flush
{
    private const float SmallestNormal = 1.17549435e-38f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subnormals(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(SmallestNormal)), Vector512<float>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subnormals(Vector256<float> x) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), Vector256.Create(SmallestNormal)), Vector256<float>.Zero, x);

    /// <summary>Sets the squares to zero that are subnormal, or zero, and nothing was added to, and gives a mask of the places where
    /// that left nothing to divide by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Squares(ref Vector512<float> squares, Vector512<float> added)
    {
        var gone = Vector512.LessThan(squares, Vector512.Create(SmallestNormal)) & Vector512.Equals(added, Vector512<float>.Zero);
        squares = Vector512.ConditionalSelect(gone, Vector512<float>.Zero, squares);
        return gone;
    }

    /// <summary>Sets the squares to zero that are subnormal, or zero, and nothing was added to, and gives a mask of the places where
    /// that left nothing to divide by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Squares(ref Vector256<float> squares, Vector256<float> added)
    {
        var gone = Vector256.LessThan(squares, Vector256.Create(SmallestNormal)) & Vector256.Equals(added, Vector256<float>.Zero);
        squares = Vector256.ConditionalSelect(gone, Vector256<float>.Zero, squares);
        return gone;
    }
}
