using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.Runtime;

/// <summary>Provides small pieces of vector code that generated kernels share: sequences, masks, sign, power.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>Returns start, start + step, … as numbers (exact below 2^24).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sequence512(int start, int step) => Lanes512.Sequence(start, step);

    /// <inheritdoc cref="Sequence512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sequence256(int start, int step) => Lanes256.Sequence(start, step);

    /// <summary>Returns start, start + step, … modulo 2^32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Counters512(uint start, uint step) =>
        Vector512.Create(start) + Vector512.Create(0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 10u, 11u, 12u, 13u, 14u, 15u) * Vector512.Create(step);

    /// <inheritdoc cref="Counters512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Counters256(uint start, uint step) =>
        Vector256.Create(start) + Vector256.Create(0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u) * Vector256.Create(step);

    /// <summary>Returns a mask of the first <paramref name="count"/> lanes (all of them from 16 on).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First512(int count) => Lanes512.FirstLanes(count);

    /// <inheritdoc cref="First512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First256(int count) => Lanes256.FirstLanes(count);

    /// <summary>Returns p[0], p[2], … p[30]; it reads p[0] to p[31].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> Even512(float* p) => Lanes512.LoadEven(p);

    /// <summary>Returns p[0], p[2], … p[14]; it reads p[0] to p[15].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> Even256(float* p) => Lanes256.LoadEven(p);

    /// <summary>Stores p[0] = even[0], p[1] = odd[0], p[2] = even[1], … for <paramref name="count"/> pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePairs(Vector512<float> even, Vector512<float> odd, float* p, int count) => Lanes512.StorePairs(p, even, odd, count);

    /// <inheritdoc cref="StorePairs(Vector512{float}, Vector512{float}, float*, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePairs(Vector256<float> even, Vector256<float> odd, float* p, int count) => Lanes256.StorePairs(p, even, odd, count);

    /// <summary>Returns the greater of two, lane by lane; NaN where either is NaN (the instruction alone would return its second operand).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> x, Vector512<float> y) => Lanes512.Max(x, y);

    /// <inheritdoc cref="Max(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> x, Vector256<float> y) => Lanes256.Max(x, y);

    /// <inheritdoc cref="Max(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Max(Pair256 x, Pair256 y) => LanesPair256.Max(x, y);

    /// <summary>Returns the smaller of two, lane by lane; NaN where either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> x, Vector512<float> y) => Lanes512.Min(x, y);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> x, Vector256<float> y) => Lanes256.Min(x, y);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Min(Pair256 x, Pair256 y) => LanesPair256.Min(x, y);

    /// <summary>Returns the greatest lane; NaN where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> x) => Lanes512.Max(x);

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> x) => Lanes256.Max(x);

    /// <summary>Adds to a sum, and adds what that rounds away to the rest (Knuth's two-sum): the sum of many terms is the sum and the rest together.</summary>
    /// <param name="x">What is added.</param>
    /// <param name="sum">The sum so far.</param>
    /// <param name="rest">What the additions so far have rounded away.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> x, ref Vector512<float> sum, ref Vector512<float> rest) => Lanes512.AddCompensated(x, ref sum, ref rest);

    /// <inheritdoc cref="Add(Vector512{float}, ref Vector512{float}, ref Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector256<float> x, ref Vector256<float> sum, ref Vector256<float> rest) => Lanes256.AddCompensated(x, ref sum, ref rest);

    /// <inheritdoc cref="Add(Vector512{float}, ref Vector512{float}, ref Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float x, ref float sum, ref float rest)
    {
        var next = sum + x;
        var added = next - sum;
        rest += (sum - (next - added)) + (x - added);
        sum = next;
    }

    /// <summary>Returns a sum together with what its additions rounded away; the sum alone where it is not finite, because the rest is NaN then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Total(Vector512<float> sum, Vector512<float> rest) => Lanes512.Total(sum, rest);

    /// <inheritdoc cref="Total(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Total(Vector256<float> sum, Vector256<float> rest) => Lanes256.Total(sum, rest);

    /// <inheritdoc cref="Total(Vector512{float}, Vector512{float})"/>
    public static float Total(float sum, float rest) => float.IsFinite(sum) ? sum + rest : sum;

    /// <summary>Returns −1, 0 or 1; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sign(Vector512<float> x) => Lanes512.Sign(x);

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sign(Vector256<float> x) => Lanes256.Sign(x);

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    public static float Sign(float x) => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;

    /// <summary>Computes x^y lane by lane with the accuracy of the framework's power.</summary>
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y) => Lanes512.Pow(x, y);

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y) => Lanes256.Pow(x, y);

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    public static float Pow(float x, float y) => MathF.Pow(x, y);

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    public static double Pow(double x, double y) => Math.Pow(x, y);

    /// <summary>Computes ⌊x / divisor⌋ for a positive divisor.</summary>
    public static int FloorDiv(int x, int divisor) => x >= 0 ? x / divisor : -((divisor - 1 - x) / divisor);
}
