using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Runtime;

// The functions for eight elements at once (AVX2 and FMA; the caller has checked that they are there).
// The operations and their order are the same in all widths.
public static partial class Simd
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        var shifted = Fma.MultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        var e = ExpM1Reduced(x, shifted) + Vector256.Create(1f);
        return ExpInRange(x, Scale(e, shifted));
    }

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        var isSubnormal = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        var bits = Vector256.ConditionalSelect(isSubnormal, x * Vector256.Create(SubnormalScale), x).AsInt32();
        var exponent = Vector256.ShiftRightArithmetic(bits - Vector256.Create(SqrtHalfBits), 23);
        var f = (bits - Vector256.ShiftLeft(exponent, 23)).AsSingle() - Vector256.Create(1f);
        var e = Vector256.ConvertToSingle(exponent) - Vector256.ConditionalSelect(
            isSubnormal,
            Vector256.Create(SubnormalExponent),
            Vector256<float>.Zero);
        var p = Fma.MultiplyAdd(Vector256.Create(Log7), f, Vector256.Create(Log6));
        p = Fma.MultiplyAdd(p, f, Vector256.Create(Log5));
        p = Fma.MultiplyAdd(p, f, Vector256.Create(Log4));
        p = Fma.MultiplyAdd(p, f, Vector256.Create(Log3));
        p = Fma.MultiplyAdd(p, f, Vector256.Create(Log2));
        p = Fma.MultiplyAdd(p, f, Vector256.Create(Log1));
        p = Fma.MultiplyAdd(p, f, Vector256.Create(Log0));
        var square = f * f;
        var y = Fma.MultiplyAdd(square * f, p, e * Vector256.Create(Ln2Low));
        y = Fma.MultiplyAdd(square, Vector256.Create(-0.5f), y) + f;
        y = Fma.MultiplyAdd(e, Vector256.Create(Ln2High), y);
        y = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(float.PositiveInfinity)), y, x);
        return Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256<float>.Zero, x),
            y,
            Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), Vector256.Create(float.NaN)));
    }

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpM1(Vector256<float> x)
    {
        var shifted = Fma.MultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        var reduced = ExpM1Reduced(x, shifted);
        var scale = Scale(Vector256.Create(1f), shifted);
        var near = Fma.MultiplyAdd(scale, reduced, scale - Vector256.Create(1f));
        return ExpM1InRange(x, near, Scale(reduced + Vector256.Create(1f), shifted));
    }

    /// <inheritdoc cref="Log1P(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1P(Vector256<float> x)
    {
        var u = Vector256.Create(1f) + x;
        var y = Log(u);
        var rest = (x - (u - Vector256.Create(1f))) / u;
        var has = Vector256.GreaterThan(u, Vector256<float>.Zero) & Vector256.LessThan(u, Vector256.Create(float.PositiveInfinity));
        return Vector256.ConditionalSelect(has, y + rest, y);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        var a = Avx.Min(Vector256.Create(TanhOne), Vector256.Abs(x));
        var y = a + a;
        var shifted = Fma.MultiplyAdd(y, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        var em1 = ExpM1(y, shifted);
        return CopySign(em1 / (em1 + Vector256.Create(2f)), x);
    }

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Vector256.Create(1f) / (Vector256.Create(1f) + Exp(-x));

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        var a = Avx.Min(Vector256.Create(ErfOne), Vector256.Abs(x));
        var q = Fma.MultiplyAdd(Vector256.Create(Erf8), a, Vector256.Create(Erf7));
        q = Fma.MultiplyAdd(q, a, Vector256.Create(Erf6));
        q = Fma.MultiplyAdd(q, a, Vector256.Create(Erf5));
        q = Fma.MultiplyAdd(q, a, Vector256.Create(Erf4));
        q = Fma.MultiplyAdd(q, a, Vector256.Create(Erf3));
        q = Fma.MultiplyAdd(q, a, Vector256.Create(Erf2));
        q = Fma.MultiplyAdd(q, a, Vector256.Create(Erf1));
        q = Fma.MultiplyAdd(q, a, Vector256.Create(Erf0));
        var y = -q * a;
        var shifted = Fma.MultiplyAdd(y, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        return CopySign(ExpM1(y, shifted), x);
    }

    /// <inheritdoc cref="Sin(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x)
    {
        var a = Vector256.Abs(x);
        if (!Vector256.LessThanOrEqualAll(a, Vector256.Create(TrigonometricLimit)))
            return SinLarge(x);
        var shifted = Fma.MultiplyAdd(a, Vector256.Create(TwoOverPi), Vector256.Create(RoundingShift));
        var y = SinCosReduced(a, shifted, shifted.AsInt32());
        return (y.AsInt32() ^ (x.AsInt32() & Vector256.Create(int.MinValue))).AsSingle();
    }

    /// <inheritdoc cref="Cos(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x)
    {
        var a = Vector256.Abs(x);
        if (!Vector256.LessThanOrEqualAll(a, Vector256.Create(TrigonometricLimit)))
            return CosLarge(x);
        var shifted = Fma.MultiplyAdd(a, Vector256.Create(TwoOverPi), Vector256.Create(RoundingShift));
        return SinCosReduced(a, shifted, shifted.AsInt32() + Vector256.Create(1));
    }

    /// <inheritdoc cref="Uniform(uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Uniform(Vector256<uint> counter, uint key)
    {
        var h = counter ^ Vector256.Create(key);
        h = (h ^ Vector256.ShiftRightLogical(h, 16)) * Vector256.Create(Mix0);
        h = (h ^ Vector256.ShiftRightLogical(h, 15)) * Vector256.Create(Mix1);
        h = (h ^ Vector256.ShiftRightLogical(h, 16)) + Vector256.Create(key * Golden);
        h = (h ^ Vector256.ShiftRightLogical(h, 16)) * Vector256.Create(Mix0);
        h = (h ^ Vector256.ShiftRightLogical(h, 15)) * Vector256.Create(Mix1);
        h = h ^ Vector256.ShiftRightLogical(h, 16);
        return Vector256.ConvertToSingle(Vector256.ShiftRightLogical(h, 8).AsInt32()) * Vector256.Create(1f / (1 << 24));
    }

    /// <summary>Returns the sum of the elements, by halves: the same order in every call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> x) => Sum(x.GetLower() + x.GetUpper());

    /// <summary>Returns the largest element; it is undefined if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> x) => Max(Sse.Max(x.GetLower(), x.GetUpper()));

    /// <summary>Returns the smallest element; it is undefined if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector256<float> x) => Min(Sse.Min(x.GetLower(), x.GetUpper()));

    /// <summary>Stores the first <paramref name="count"/> of eight elements and touches nothing after them.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="p">Where they go.</param>
    /// <param name="count">From 0 to 8; a literal folds to one store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Vector256<float> x, float* p, int count)
    {
        // A masked store is not read back before it has reached the cache; where one plain store will do it is.
        if (count >= 8)
            Avx.Store(p, x);
        else if (count == 4)
            Sse.Store(p, x.GetLower());
        else if (count == 2)
            Sse.StoreLow(p, x.GetLower());
        else if (count == 1)
            *p = x.ToScalar();
        else
            Avx.MaskStore(p, Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count)).AsSingle(), x);
    }

    /// <summary>
    /// Loads the first <paramref name="count"/> elements, with zeros after them. Where they are few they are read one by one: a vector that was stored in
    /// several parts a moment ago can be read as a whole only when all parts have reached the cache.
    /// </summary>
    /// <param name="p">Where they lie, with room for a whole vector.</param>
    /// <param name="count">From 1 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> LoadPartial256(float* p, int count)
    {
        var x = FewElements(p, count).ToVector256();
        return count > 4 ? x.WithUpper(FewElements(p + 4, count - 4)) : x;
    }

    // At most four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<float> FewElements(float* p, int count)
    {
        var low = Vector128.CreateScalar(*p);
        if (count > 1) low = Sse41.Insert(low, Vector128.CreateScalarUnsafe(p[1]), 0x10);
        if (count > 2) low = Sse41.Insert(low, Vector128.CreateScalarUnsafe(p[2]), 0x20);
        if (count > 3) low = Sse41.Insert(low, Vector128.CreateScalarUnsafe(p[3]), 0x30);
        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(Vector128<float> x)
    {
        x += Sse.MoveHighToLow(x, x);
        return x.ToScalar() + x.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Vector128<float> x)
    {
        x = Sse.Max(x, Sse.MoveHighToLow(x, x));
        return Sse.MaxScalar(x, Vector128.Shuffle(x, Vector128.Create(1, 1, 1, 1))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Min(Vector128<float> x)
    {
        x = Sse.Min(x, Sse.MoveHighToLow(x, x));
        return Sse.MinScalar(x, Vector128.Shuffle(x, Vector128.Create(1, 1, 1, 1))).ToScalar();
    }

    /// <summary>The result where x is neither too large nor too small for one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpInRange(Vector256<float> x, Vector256<float> e)
    {
        e = Vector256.ConditionalSelect(
            Vector256.LessThanOrEqual(x, Vector256.Create(ExpOverflow)),
            e,
            x + Vector256.Create(float.PositiveInfinity));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(ExpUnderflow)), Vector256<float>.Zero, e);
    }

    /// <summary>e^x − 1 as it was computed near 0, or e^x where x is large, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpM1InRange(Vector256<float> x, Vector256<float> near, Vector256<float> e)
    {
        near = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-ExpM1Limit)), Vector256.Create(-1f), near);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(ExpM1Limit)), ExpInRange(x, e), near);
    }

    /// <summary>e^r − 1 of the reduced argument r = x − n ln 2, where n is in <paramref name="shifted"/>: r + r² P(r).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpM1Reduced(Vector256<float> x, Vector256<float> shifted)
    {
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Fma.MultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Fma.MultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        var p = Fma.MultiplyAdd(Vector256.Create(Exp4), r, Vector256.Create(Exp3));
        p = Fma.MultiplyAdd(p, r, Vector256.Create(Exp2));
        p = Fma.MultiplyAdd(p, r, Vector256.Create(Exp1));
        p = Fma.MultiplyAdd(p, r, Vector256.Create(Exp0));
        return Fma.MultiplyAdd(r * r, p, r);
    }

    /// <summary>e^x − 1 = 2ⁿ (e^r − 1) + (2ⁿ − 1): keeps its relative error near 0. For n in [−126, 127].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpM1(Vector256<float> x, Vector256<float> shifted)
    {
        var scale = Scale(Vector256.Create(1f), shifted);
        return Fma.MultiplyAdd(scale, ExpM1Reduced(x, shifted), scale - Vector256.Create(1f));
    }

    /// <summary>sin (r + quadrant · π/2) of the reduced argument r = a − n π/2, where n is in <paramref name="shifted"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SinCosReduced(Vector256<float> a, Vector256<float> shifted, Vector256<int> quadrant)
    {
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Fma.MultiplyAdd(n, Vector256.Create(-HalfPiHigh), a);
        r = Fma.MultiplyAdd(n, Vector256.Create(-HalfPiMiddle), r);
        r = Fma.MultiplyAdd(n, Vector256.Create(-HalfPiLow), r);
        var z = r * r;
        var s = Fma.MultiplyAdd(Vector256.Create(Sin2), z, Vector256.Create(Sin1));
        s = Fma.MultiplyAdd(s, z, Vector256.Create(Sin0));
        s = Fma.MultiplyAdd(z * r, s, r);
        var c = Fma.MultiplyAdd(Vector256.Create(Cos2), z, Vector256.Create(Cos1));
        c = Fma.MultiplyAdd(c, z, Vector256.Create(Cos0));
        c = Fma.MultiplyAdd(c, z * z, Fma.MultiplyAdd(z, Vector256.Create(-0.5f), Vector256.Create(1f)));
        var y = Vector256.ConditionalSelect(Vector256.Equals(quadrant & Vector256.Create(1), Vector256<int>.Zero).AsSingle(), s, c);
        return (y.AsInt32() ^ Vector256.ShiftLeft(quadrant & Vector256.Create(2), 30)).AsSingle();
    }

    /// <summary>Multiplies by 2ⁿ, where n is in the low bits of <paramref name="shifted"/>, by adding to the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scale(Vector256<float> x, Vector256<float> shifted) =>
        (x.AsInt32() + Vector256.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> CopySign(Vector256<float> x, Vector256<float> sign) =>
        Vector256.ConditionalSelect(Vector256.Create(int.MinValue).AsSingle(), sign, x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> SinLarge(Vector256<float> x)
    {
        for (var i = 0; i < Vector256<float>.Count; i++)
            x = x.WithElement(i, Sin(x.GetElement(i)));
        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> CosLarge(Vector256<float> x)
    {
        for (var i = 0; i < Vector256<float>.Count; i++)
            x = x.WithElement(i, Cos(x.GetElement(i)));
        return x;
    }
}
