using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Runtime;

// The functions for sixteen elements at once (AVX-512F; the caller has checked that it is there).
// The operations and their order are the same in all widths.
public static partial class Simd
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        var shifted = Avx512F.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        var e = ExpM1Reduced(x, shifted) + Vector512.Create(1f);
        return ExpInRange(x, Scale(e, shifted));
    }

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        var isSubnormal = Vector512.LessThan(x, Vector512.Create(SmallestNormal));
        var bits = Vector512.ConditionalSelect(isSubnormal, x * Vector512.Create(SubnormalScale), x).AsInt32();
        var exponent = Vector512.ShiftRightArithmetic(bits - Vector512.Create(SqrtHalfBits), 23);
        var f = (bits - Vector512.ShiftLeft(exponent, 23)).AsSingle() - Vector512.Create(1f);
        var e = Vector512.ConvertToSingle(exponent) - Vector512.ConditionalSelect(
            isSubnormal,
            Vector512.Create(SubnormalExponent),
            Vector512<float>.Zero);
        var p = Avx512F.FusedMultiplyAdd(Vector512.Create(Log7), f, Vector512.Create(Log6));
        p = Avx512F.FusedMultiplyAdd(p, f, Vector512.Create(Log5));
        p = Avx512F.FusedMultiplyAdd(p, f, Vector512.Create(Log4));
        p = Avx512F.FusedMultiplyAdd(p, f, Vector512.Create(Log3));
        p = Avx512F.FusedMultiplyAdd(p, f, Vector512.Create(Log2));
        p = Avx512F.FusedMultiplyAdd(p, f, Vector512.Create(Log1));
        p = Avx512F.FusedMultiplyAdd(p, f, Vector512.Create(Log0));
        var square = f * f;
        var y = Avx512F.FusedMultiplyAdd(square * f, p, e * Vector512.Create(Ln2Low));
        y = Avx512F.FusedMultiplyAdd(square, Vector512.Create(-0.5f), y) + f;
        y = Avx512F.FusedMultiplyAdd(e, Vector512.Create(Ln2High), y);
        y = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), y, x);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512<float>.Zero, x),
            y,
            Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), Vector512.Create(float.NaN)));
    }

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpM1(Vector512<float> x)
    {
        var shifted = Avx512F.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        var reduced = ExpM1Reduced(x, shifted);
        var scale = Scale(Vector512.Create(1f), shifted);
        var near = Avx512F.FusedMultiplyAdd(scale, reduced, scale - Vector512.Create(1f));
        var large = ExpInRange(x, Scale(reduced + Vector512.Create(1f), shifted));
        near = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-ExpM1Limit)), Vector512.Create(-1f), near);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(ExpM1Limit)), large, near);
    }

    /// <inheritdoc cref="Log1P(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1P(Vector512<float> x)
    {
        var u = Vector512.Create(1f) + x;
        var y = Log(u);
        var rest = (x - (u - Vector512.Create(1f))) / u;
        var has = Vector512.GreaterThan(u, Vector512<float>.Zero) & Vector512.LessThan(u, Vector512.Create(float.PositiveInfinity));
        return Vector512.ConditionalSelect(has, y + rest, y);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        var a = Avx512F.Min(Vector512.Create(TanhOne), Vector512.Abs(x));
        var y = a + a;
        var shifted = Avx512F.FusedMultiplyAdd(y, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        var em1 = ExpM1(y, shifted);
        return CopySign(em1 / (em1 + Vector512.Create(2f)), x);
    }

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512.Create(1f) / (Vector512.Create(1f) + Exp(-x));

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        var a = Avx512F.Min(Vector512.Create(ErfOne), Vector512.Abs(x));
        var q = Avx512F.FusedMultiplyAdd(Vector512.Create(Erf8), a, Vector512.Create(Erf7));
        q = Avx512F.FusedMultiplyAdd(q, a, Vector512.Create(Erf6));
        q = Avx512F.FusedMultiplyAdd(q, a, Vector512.Create(Erf5));
        q = Avx512F.FusedMultiplyAdd(q, a, Vector512.Create(Erf4));
        q = Avx512F.FusedMultiplyAdd(q, a, Vector512.Create(Erf3));
        q = Avx512F.FusedMultiplyAdd(q, a, Vector512.Create(Erf2));
        q = Avx512F.FusedMultiplyAdd(q, a, Vector512.Create(Erf1));
        q = Avx512F.FusedMultiplyAdd(q, a, Vector512.Create(Erf0));
        var y = -q * a;
        var shifted = Avx512F.FusedMultiplyAdd(y, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        return CopySign(ExpM1(y, shifted), x);
    }

    /// <inheritdoc cref="Sin(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        var a = Vector512.Abs(x);
        if (!Vector512.LessThanOrEqualAll(a, Vector512.Create(TrigonometricLimit)))
            return SinLarge(x);
        var shifted = Avx512F.FusedMultiplyAdd(a, Vector512.Create(TwoOverPi), Vector512.Create(RoundingShift));
        var y = SinCosReduced(a, shifted, shifted.AsInt32());
        return (y.AsInt32() ^ (x.AsInt32() & Vector512.Create(int.MinValue))).AsSingle();
    }

    /// <inheritdoc cref="Cos(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        var a = Vector512.Abs(x);
        if (!Vector512.LessThanOrEqualAll(a, Vector512.Create(TrigonometricLimit)))
            return CosLarge(x);
        var shifted = Avx512F.FusedMultiplyAdd(a, Vector512.Create(TwoOverPi), Vector512.Create(RoundingShift));
        return SinCosReduced(a, shifted, shifted.AsInt32() + Vector512.Create(1));
    }

    /// <inheritdoc cref="Uniform(uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Uniform(Vector512<uint> counter, uint key)
    {
        var h = counter ^ Vector512.Create(key);
        h = (h ^ Vector512.ShiftRightLogical(h, 16)) * Vector512.Create(Mix0);
        h = (h ^ Vector512.ShiftRightLogical(h, 15)) * Vector512.Create(Mix1);
        h = (h ^ Vector512.ShiftRightLogical(h, 16)) + Vector512.Create(key * Golden);
        h = (h ^ Vector512.ShiftRightLogical(h, 16)) * Vector512.Create(Mix0);
        h = (h ^ Vector512.ShiftRightLogical(h, 15)) * Vector512.Create(Mix1);
        h = h ^ Vector512.ShiftRightLogical(h, 16);
        return Vector512.ConvertToSingle(Vector512.ShiftRightLogical(h, 8).AsInt32()) * Vector512.Create(1f / (1 << 24));
    }

    /// <summary>Returns the sum of the elements, by halves: the same order in every call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> x) => Sum(x.GetLower() + x.GetUpper());

    /// <summary>Returns the largest element; it is undefined if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> x) => Max(Avx.Max(x.GetLower(), x.GetUpper()));

    /// <summary>Returns the smallest element; it is undefined if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector512<float> x) => Min(Avx.Min(x.GetLower(), x.GetUpper()));

    /// <summary>Stores the first <paramref name="count"/> of sixteen elements and touches nothing after them.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="p">Where they go.</param>
    /// <param name="count">From 0 to 16; a literal folds to one masked store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Vector512<float> x, float* p, int count)
    {
        if (count >= 8)
        {
            Avx.Store(p, x.GetLower());
            StorePartial(x.GetUpper(), p + 8, count - 8);
        }
        else
        {
            StorePartial(x.GetLower(), p, count);
        }
    }

    /// <inheritdoc cref="LoadPartial256"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> LoadPartial512(float* p, int count) =>
        count <= 8 ? LoadPartial256(p, count).ToVector512() : Avx512F.LoadVector512(p);

    /// <summary>The result where x is neither too large nor too small for one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpInRange(Vector512<float> x, Vector512<float> e)
    {
        e = Vector512.ConditionalSelect(
            Vector512.LessThanOrEqual(x, Vector512.Create(ExpOverflow)),
            e,
            x + Vector512.Create(float.PositiveInfinity));
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(ExpUnderflow)), Vector512<float>.Zero, e);
    }

    /// <summary>e^r − 1 of the reduced argument r = x − n ln 2, where n is in <paramref name="shifted"/>: r + r² P(r).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpM1Reduced(Vector512<float> x, Vector512<float> shifted)
    {
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var p = Avx512F.FusedMultiplyAdd(Vector512.Create(Exp4), r, Vector512.Create(Exp3));
        p = Avx512F.FusedMultiplyAdd(p, r, Vector512.Create(Exp2));
        p = Avx512F.FusedMultiplyAdd(p, r, Vector512.Create(Exp1));
        p = Avx512F.FusedMultiplyAdd(p, r, Vector512.Create(Exp0));
        return Avx512F.FusedMultiplyAdd(r * r, p, r);
    }

    /// <summary>e^x − 1 = 2ⁿ (e^r − 1) + (2ⁿ − 1): keeps its relative error near 0. For n in [−126, 127].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpM1(Vector512<float> x, Vector512<float> shifted)
    {
        var scale = Scale(Vector512.Create(1f), shifted);
        return Avx512F.FusedMultiplyAdd(scale, ExpM1Reduced(x, shifted), scale - Vector512.Create(1f));
    }

    /// <summary>sin (r + quadrant · π/2) of the reduced argument r = a − n π/2, where n is in <paramref name="shifted"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SinCosReduced(Vector512<float> a, Vector512<float> shifted, Vector512<int> quadrant)
    {
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-HalfPiHigh), a);
        r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-HalfPiMiddle), r);
        r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-HalfPiLow), r);
        var z = r * r;
        var s = Avx512F.FusedMultiplyAdd(Vector512.Create(Sin2), z, Vector512.Create(Sin1));
        s = Avx512F.FusedMultiplyAdd(s, z, Vector512.Create(Sin0));
        s = Avx512F.FusedMultiplyAdd(z * r, s, r);
        var c = Avx512F.FusedMultiplyAdd(Vector512.Create(Cos2), z, Vector512.Create(Cos1));
        c = Avx512F.FusedMultiplyAdd(c, z, Vector512.Create(Cos0));
        c = Avx512F.FusedMultiplyAdd(c, z * z, Avx512F.FusedMultiplyAdd(z, Vector512.Create(-0.5f), Vector512.Create(1f)));
        var y = Vector512.ConditionalSelect(Vector512.Equals(quadrant & Vector512.Create(1), Vector512<int>.Zero).AsSingle(), s, c);
        return (y.AsInt32() ^ Vector512.ShiftLeft(quadrant & Vector512.Create(2), 30)).AsSingle();
    }

    /// <summary>Multiplies by 2ⁿ, where n is in the low bits of <paramref name="shifted"/>, by adding to the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scale(Vector512<float> x, Vector512<float> shifted) =>
        (x.AsInt32() + Vector512.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> CopySign(Vector512<float> x, Vector512<float> sign) =>
        Vector512.ConditionalSelect(Vector512.Create(int.MinValue).AsSingle(), sign, x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> SinLarge(Vector512<float> x)
    {
        for (var i = 0; i < Vector512<float>.Count; i++)
            x = x.WithElement(i, Sin(x.GetElement(i)));
        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> CosLarge(Vector512<float> x)
    {
        for (var i = 0; i < Vector512<float>.Count; i++)
            x = x.WithElement(i, Cos(x.GetElement(i)));
        return x;
    }
}
