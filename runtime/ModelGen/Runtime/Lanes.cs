using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Runtime;

/// <summary>Provides small pieces of vector code that generated kernels share: sequences, masks, sign, power.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    // A constant in memory, but a method so long that the JIT would call it.
    private static Vector512<float> Steps512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f);
    }

    private static Vector256<float> Steps256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
    }

    /// <summary>Returns start, start + step, … as numbers (exact below 2^24).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sequence512(int start, int step) => Vector512.Create((float)start) + Steps512 * Vector512.Create((float)step);

    /// <inheritdoc cref="Sequence512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sequence256(int start, int step) => Vector256.Create((float)start) + Steps256 * Vector256.Create((float)step);

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
    public static Vector512<float> First512(int count) => Vector512.LessThan(Steps512, Vector512.Create((float)count));

    /// <inheritdoc cref="First512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First256(int count) => Vector256.LessThan(Steps256, Vector256.Create((float)count));

    /// <summary>Returns p[0], p[2], … p[30]; it reads p[0] to p[31].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> Even512(float* p) => Avx512F.PermuteVar16x32x2(
        Avx512F.LoadVector512(p), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), Avx512F.LoadVector512(p + 16));

    /// <summary>Returns p[0], p[2], … p[14]; it reads p[0] to p[15].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> Even256(float* p)
    {
        var pairs = Avx.Shuffle(Avx.LoadVector256(p), Avx.LoadVector256(p + 8), 0x88);
        return Avx2.Permute4x64(pairs.AsDouble(), 0xD8).AsSingle();
    }

    /// <summary>Stores p[0] = even[0], p[1] = odd[0], p[2] = even[1], … for <paramref name="count"/> pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePairs(Vector512<float> even, Vector512<float> odd, float* p, int count)
    {
        var low = Avx512F.PermuteVar16x32x2(even, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), odd);
        var high = Avx512F.PermuteVar16x32x2(even, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), odd);
        Simd.StorePartial(low, p, Math.Min(2 * count, 16));
        if (count > 8) Simd.StorePartial(high, p + 16, 2 * count - 16);
    }

    /// <inheritdoc cref="StorePairs(Vector512{float}, Vector512{float}, float*, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePairs(Vector256<float> even, Vector256<float> odd, float* p, int count)
    {
        Vector256<float> a = Avx.UnpackLow(even, odd), b = Avx.UnpackHigh(even, odd);
        Simd.StorePartial(Avx.Permute2x128(a, b, 0x20), p, Math.Min(2 * count, 8));
        if (count > 4) Simd.StorePartial(Avx.Permute2x128(a, b, 0x31), p + 8, 2 * count - 8);
    }

    /// <summary>Returns the greater of two, lane by lane; NaN where either is NaN (the instruction alone would return its second operand).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(Vector512.Equals(x, x), Avx512F.Max(x, y), x);

    /// <inheritdoc cref="Max(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> x, Vector256<float> y) =>
        Avx.BlendVariable(x, Avx.Max(x, y), Avx.Compare(x, x, FloatComparisonMode.OrderedEqualNonSignaling));

    /// <inheritdoc cref="Max(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Max(Pair256 x, Pair256 y) => new(Max(x.Low, y.Low), Max(x.High, y.High));

    /// <summary>Returns the smaller of two, lane by lane; NaN where either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(Vector512.Equals(x, x), Avx512F.Min(x, y), x);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> x, Vector256<float> y) =>
        Avx.BlendVariable(x, Avx.Min(x, y), Avx.Compare(x, x, FloatComparisonMode.OrderedEqualNonSignaling));

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Min(Pair256 x, Pair256 y) => new(Min(x.Low, y.Low), Min(x.High, y.High));

    /// <summary>Returns the greatest lane; NaN where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> x) => Vector512.EqualsAll(x, x) ? Simd.Max(x) : float.NaN;

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> x) => Vector256.EqualsAll(x, x) ? Simd.Max(x) : float.NaN;

    /// <summary>Adds to a sum, and adds what that rounds away to the rest (Knuth's two-sum): the sum of many terms is the sum and the rest together.</summary>
    /// <param name="x">What is added.</param>
    /// <param name="sum">The sum so far.</param>
    /// <param name="rest">What the additions so far have rounded away.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> x, ref Vector512<float> sum, ref Vector512<float> rest)
    {
        var next = sum + x;
        var added = next - sum;
        rest += (sum - (next - added)) + (x - added);
        sum = next;
    }

    /// <inheritdoc cref="Add(Vector512{float}, ref Vector512{float}, ref Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector256<float> x, ref Vector256<float> sum, ref Vector256<float> rest)
    {
        var next = sum + x;
        var added = next - sum;
        rest += (sum - (next - added)) + (x - added);
        sum = next;
    }

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
    public static Vector512<float> Total(Vector512<float> sum, Vector512<float> rest) =>
        Vector512.ConditionalSelect(Vector512.Equals(sum - sum, Vector512<float>.Zero), sum + rest, sum);

    /// <inheritdoc cref="Total(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Total(Vector256<float> sum, Vector256<float> rest) =>
        Vector256.ConditionalSelect(Vector256.Equals(sum - sum, Vector256<float>.Zero), sum + rest, sum);

    /// <inheritdoc cref="Total(Vector512{float}, Vector512{float})"/>
    public static float Total(float sum, float rest) => float.IsFinite(sum) ? sum + rest : sum;

    /// <summary>Returns −1, 0 or 1; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sign(Vector512<float> x)
    {
        var positive = Vector512.GreaterThan(x, Vector512<float>.Zero) & Vector512.Create(1f);
        var negative = Vector512.LessThan(x, Vector512<float>.Zero) & Vector512.Create(-1f);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), positive | negative, x);
    }

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sign(Vector256<float> x)
    {
        var positive = Vector256.GreaterThan(x, Vector256<float>.Zero) & Vector256.Create(1f);
        var negative = Vector256.LessThan(x, Vector256<float>.Zero) & Vector256.Create(-1f);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), positive | negative, x);
    }

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    public static float Sign(float x) => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;

    /// <summary>Computes x^y lane by lane with the accuracy of the framework's power.</summary>
    public static unsafe Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        var z = stackalloc float[16];
        for (var i = 0; i < 16; i++) z[i] = MathF.Pow(x[i], y[i]);
        return Avx512F.LoadVector512(z);
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    public static unsafe Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        var z = stackalloc float[8];
        for (var i = 0; i < 8; i++) z[i] = MathF.Pow(x[i], y[i]);
        return Avx.LoadVector256(z);
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    public static float Pow(float x, float y) => MathF.Pow(x, y);

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    public static double Pow(double x, double y) => Math.Pow(x, y);

    /// <summary>Computes ⌊x / divisor⌋ for a positive divisor.</summary>
    public static int FloorDiv(int x, int divisor) => x >= 0 ? x / divisor : -((divisor - 1 - x) / divisor);
}
