using System.Runtime.CompilerServices;
using static ModelGen.Runtime.Simd;

namespace ModelGen.Runtime;

/// <summary>
/// Provides the mathematical functions for vectors of every width. The operations and their order are those of the functions for one float, so that all
/// widths give the same bits wherever a multiplication and an addition are rounded once.
/// </summary>
/// <remarks>Where they are rounded twice, results lie within 3e-7 of those, relative to them (sin and cos: 1.5e-7, absolute).</remarks>
/// <typeparam name="L">The operations of the width.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal static unsafe class VectorMath<L, V> where L : ILanes<V>, IBitLanes<V> where V : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // ln 2 and π/2 where the product with n is rounded: the first parts have nine bits and eight, so that it is exact.
    private const float Ln2Short = 0.693359375f;
    private const float Ln2Rest = -2.12194442e-4f;
    private const float HalfPiShort0 = 1.5703125f;
    private const float HalfPiShort1 = 4.84466553e-4f;
    private const float HalfPiShort2 = -6.40749931e-7f;
    private const float HalfPiRest = 9.92093629e-10f;

    /// <inheritdoc cref="Simd.Exp(float)"/>
    [MethodImpl(Inline)]
    public static V Exp(V x)
    {
        var shifted = L.MultiplyAdd(x, L.All(Log2E), L.All(RoundingShift));
        var e = L.Add(ExpM1Reduced(x, shifted), L.All(1f));
        return ExpInRange(x, Scale(e, shifted));
    }

    /// <inheritdoc cref="Simd.Log(float)"/>
    [MethodImpl(Inline)]
    public static V Log(V x)
    {
        var isSubnormal = L.Less(x, L.All(SmallestNormal));
        var bits = L.Select(isSubnormal, L.Multiply(x, L.All(SubnormalScale)), x);
        var exponent = L.ShiftRightSigned(L.SubtractBits(bits, L.AllBits(SqrtHalfBits)), 23);
        var f = L.Subtract(L.SubtractBits(bits, L.ShiftLeft(exponent, 23)), L.All(1f));
        var e = L.Subtract(L.ToFloat(exponent), L.Where(isSubnormal, L.All(SubnormalExponent)));
        var p = L.MultiplyAdd(L.All(Log7), f, L.All(Log6));
        p = L.MultiplyAdd(p, f, L.All(Log5));
        p = L.MultiplyAdd(p, f, L.All(Log4));
        p = L.MultiplyAdd(p, f, L.All(Log3));
        p = L.MultiplyAdd(p, f, L.All(Log2));
        p = L.MultiplyAdd(p, f, L.All(Log1));
        p = L.MultiplyAdd(p, f, L.All(Log0));
        var square = L.Multiply(f, f);
        var y = L.MultiplyAdd(L.Multiply(square, f), p, L.Multiply(e, L.All(Ln2Low)));
        y = L.Add(L.MultiplyAdd(square, L.All(-0.5f), y), f);
        y = L.MultiplyAdd(e, L.All(Ln2High), y);
        y = L.Select(L.Less(x, L.All(float.PositiveInfinity)), y, x);
        return L.Select(L.Less(L.Zero, x), y, L.Select(L.Equal(x, L.Zero), L.All(float.NegativeInfinity), L.All(float.NaN)));
    }

    /// <inheritdoc cref="Simd.ExpM1(float)"/>
    [MethodImpl(Inline)]
    public static V ExpM1(V x)
    {
        var shifted = L.MultiplyAdd(x, L.All(Log2E), L.All(RoundingShift));
        var reduced = ExpM1Reduced(x, shifted);
        var scale = Scale(L.All(1f), shifted);
        var near = L.MultiplyAdd(scale, reduced, L.Subtract(scale, L.All(1f)));
        var large = ExpInRange(x, Scale(L.Add(reduced, L.All(1f)), shifted));
        near = L.Select(L.Less(x, L.All(-ExpM1Limit)), L.All(-1f), near);
        return L.Select(L.Greater(x, L.All(ExpM1Limit)), large, near);
    }

    /// <inheritdoc cref="Simd.Log1P(float)"/>
    [MethodImpl(Inline)]
    public static V Log1P(V x)
    {
        var u = L.Add(L.All(1f), x);
        var y = Log(u);
        var rest = L.Divide(L.Subtract(x, L.Subtract(u, L.All(1f))), u);
        var hasRest = L.And(L.Greater(u, L.Zero), L.Less(u, L.All(float.PositiveInfinity)));
        return L.Select(hasRest, L.Add(y, rest), y);
    }

    /// <inheritdoc cref="Simd.Tanh(float)"/>
    [MethodImpl(Inline)]
    public static V Tanh(V x)
    {
        var a = L.AtMost(L.Abs(x), L.All(TanhOne));
        var y = L.Add(a, a);
        var em1 = ExpM1(y, L.MultiplyAdd(y, L.All(Log2E), L.All(RoundingShift)));
        return CopySign(L.Divide(em1, L.Add(em1, L.All(2f))), x);
    }

    /// <inheritdoc cref="Simd.Sigmoid(float)"/>
    [MethodImpl(Inline)]
    public static V Sigmoid(V x) => L.Divide(L.All(1f), L.Add(L.All(1f), Exp(L.Negate(x))));

    /// <inheritdoc cref="Simd.Erf(float)"/>
    [MethodImpl(Inline)]
    public static V Erf(V x)
    {
        var a = L.AtMost(L.Abs(x), L.All(ErfOne));
        var q = L.MultiplyAdd(L.All(Erf8), a, L.All(Erf7));
        q = L.MultiplyAdd(q, a, L.All(Erf6));
        q = L.MultiplyAdd(q, a, L.All(Erf5));
        q = L.MultiplyAdd(q, a, L.All(Erf4));
        q = L.MultiplyAdd(q, a, L.All(Erf3));
        q = L.MultiplyAdd(q, a, L.All(Erf2));
        q = L.MultiplyAdd(q, a, L.All(Erf1));
        q = L.MultiplyAdd(q, a, L.All(Erf0));
        var y = L.Multiply(L.Negate(q), a);
        return CopySign(ExpM1(y, L.MultiplyAdd(y, L.All(Log2E), L.All(RoundingShift))), x);
    }

    /// <inheritdoc cref="Simd.Sin(float)"/>
    [MethodImpl(Inline)]
    public static V Sin(V x)
    {
        var a = L.Abs(x);
        if (!L.AllLessOrEqual(a, L.All(TrigonometricLimit)))
            return SinLarge(x);
        var shifted = L.MultiplyAdd(a, L.All(TwoOverPi), L.All(RoundingShift));
        var y = SinCosReduced(a, shifted, shifted);
        return L.Xor(y, L.And(x, L.AllBits(int.MinValue)));
    }

    /// <inheritdoc cref="Simd.Cos(float)"/>
    [MethodImpl(Inline)]
    public static V Cos(V x)
    {
        var a = L.Abs(x);
        if (!L.AllLessOrEqual(a, L.All(TrigonometricLimit)))
            return CosLarge(x);
        var shifted = L.MultiplyAdd(a, L.All(TwoOverPi), L.All(RoundingShift));
        return SinCosReduced(a, shifted, L.AddBits(shifted, L.AllBits(1)));
    }

    /// <inheritdoc cref="Simd.Atan(float)"/>
    [MethodImpl(Inline)]
    public static V Atan(V x)
    {
        var a = L.Abs(x);
        var isLarge = L.Greater(a, L.All(TanThreeEighths));
        var isMiddle = L.Greater(a, L.All(TanEighth));
        var above = L.Select(isLarge, L.All(-1f), L.Select(isMiddle, L.Subtract(a, L.All(1f)), a));
        var below = L.Select(isLarge, a, L.Select(isMiddle, L.Add(a, L.All(1f)), L.All(1f)));
        var r = L.Divide(above, below);
        var z = L.Multiply(r, r);
        var p = L.MultiplyAdd(L.All(Atan3), z, L.All(Atan2));
        p = L.MultiplyAdd(p, z, L.All(Atan1));
        p = L.MultiplyAdd(p, z, L.All(Atan0));
        var y = L.MultiplyAdd(L.Multiply(z, r), p, r);
        return CopySign(L.Add(y, L.Select(isLarge, L.All(HalfPi), L.Where(isMiddle, L.All(QuarterPi)))), x);
    }

    /// <inheritdoc cref="ILanes{V}.Pow"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Pow(V x, V y)
    {
        float* a = stackalloc float[L.Count], b = stackalloc float[L.Count];
        L.Store(a, x);
        L.Store(b, y);
        for (var i = 0; i < L.Count; i++)
            a[i] = MathF.Pow(a[i], b[i]);
        return L.Load(a);
    }

    /// <inheritdoc cref="ILanes{V}.Sign"/>
    [MethodImpl(Inline)]
    public static V Sign(V x)
    {
        var positive = L.Where(L.Greater(x, L.Zero), L.All(1f));
        return L.Select(L.Equal(x, x), L.Select(L.Less(x, L.Zero), L.All(-1f), positive), x);
    }

    /// <inheritdoc cref="Simd.Uniform(uint, uint)"/>
    [MethodImpl(Inline)]
    public static V Uniform(V counter, uint key)
    {
        var h = L.Xor(counter, L.AllBits((int)key));
        h = L.MultiplyBits(L.Xor(h, L.ShiftRight(h, 16)), L.AllBits(unchecked((int)Mix0)));
        h = L.MultiplyBits(L.Xor(h, L.ShiftRight(h, 15)), L.AllBits(unchecked((int)Mix1)));
        h = L.AddBits(L.Xor(h, L.ShiftRight(h, 16)), L.AllBits((int)(key * Golden)));
        h = L.MultiplyBits(L.Xor(h, L.ShiftRight(h, 16)), L.AllBits(unchecked((int)Mix0)));
        h = L.MultiplyBits(L.Xor(h, L.ShiftRight(h, 15)), L.AllBits(unchecked((int)Mix1)));
        h = L.Xor(h, L.ShiftRight(h, 16));
        return L.Multiply(L.ToFloat(L.ShiftRight(h, 8)), L.All(1f / (1 << 24)));
    }

    /// <inheritdoc cref="ILanes{V}.AddCompensated"/>
    [MethodImpl(Inline)]
    public static void AddCompensated(V x, ref V sum, ref V rest)
    {
        var next = L.Add(sum, x);
        var added = L.Subtract(next, sum);
        rest = L.Add(rest, L.Add(L.Subtract(sum, L.Subtract(next, added)), L.Subtract(x, added)));
        sum = next;
    }

    /// <inheritdoc cref="ILanes{V}.Total"/>
    [MethodImpl(Inline)]
    public static V Total(V sum, V rest) => L.Select(L.Equal(L.Subtract(sum, sum), L.Zero), L.Add(sum, rest), sum);

    /// <summary>The result where x is neither too large nor too small for one.</summary>
    [MethodImpl(Inline)]
    private static V ExpInRange(V x, V e)
    {
        var atLeastZero = L.Where(L.GreaterOrEqual(x, L.All(ExpUnderflow)), e);
        return L.Select(L.LessOrEqual(x, L.All(ExpOverflow)), atLeastZero, L.Add(x, L.All(float.PositiveInfinity)));
    }

    /// <summary>e^r − 1 of the reduced argument r = x − n ln 2, where n is in <paramref name="shifted"/>: r + r² P(r).</summary>
    [MethodImpl(Inline)]
    private static V ExpM1Reduced(V x, V shifted)
    {
        var n = L.Subtract(shifted, L.All(RoundingShift));
        var r = L.MultiplyAdd(n, L.All(L.IsFused ? -Ln2High : -Ln2Short), x);
        r = L.MultiplyAdd(n, L.All(L.IsFused ? -Ln2Low : -Ln2Rest), r);
        var p = L.MultiplyAdd(L.All(Exp4), r, L.All(Exp3));
        p = L.MultiplyAdd(p, r, L.All(Exp2));
        p = L.MultiplyAdd(p, r, L.All(Exp1));
        p = L.MultiplyAdd(p, r, L.All(Exp0));
        return L.MultiplyAdd(L.Multiply(r, r), p, r);
    }

    /// <summary>e^x − 1 = 2ⁿ (e^r − 1) + (2ⁿ − 1): keeps its relative error near 0. For n in [−126, 127].</summary>
    [MethodImpl(Inline)]
    private static V ExpM1(V x, V shifted)
    {
        var scale = Scale(L.All(1f), shifted);
        return L.MultiplyAdd(scale, ExpM1Reduced(x, shifted), L.Subtract(scale, L.All(1f)));
    }

    /// <summary>sin (r + quadrant · π/2) of the reduced argument r = a − n π/2, where n is in <paramref name="shifted"/>.</summary>
    [MethodImpl(Inline)]
    private static V SinCosReduced(V a, V shifted, V quadrant)
    {
        var r = ReducedByHalfPi(a, L.Subtract(shifted, L.All(RoundingShift)));
        var z = L.Multiply(r, r);
        var s = L.MultiplyAdd(L.All(Sin2), z, L.All(Sin1));
        s = L.MultiplyAdd(s, z, L.All(Sin0));
        s = L.MultiplyAdd(L.Multiply(z, r), s, r);
        var c = L.MultiplyAdd(L.All(Cos2), z, L.All(Cos1));
        c = L.MultiplyAdd(c, z, L.All(Cos0));
        c = L.MultiplyAdd(c, L.Multiply(z, z), L.MultiplyAdd(z, L.All(-0.5f), L.All(1f)));
        var y = L.Select(L.EqualBits(L.And(quadrant, L.AllBits(1)), L.Zero), s, c);
        return L.Xor(y, L.ShiftLeft(L.And(quadrant, L.AllBits(2)), 30));
    }

    /// <summary>a − n π/2, with π/2 in parts: where products are rounded, all but the last are so short that they are exact.</summary>
    [MethodImpl(Inline)]
    private static V ReducedByHalfPi(V a, V n)
    {
        if (L.IsFused)
        {
            var r = L.MultiplyAdd(n, L.All(-HalfPiHigh), a);
            r = L.MultiplyAdd(n, L.All(-HalfPiMiddle), r);
            return L.MultiplyAdd(n, L.All(-HalfPiLow), r);
        }

        var rest = L.MultiplyAdd(n, L.All(-HalfPiShort0), a);
        rest = L.MultiplyAdd(n, L.All(-HalfPiShort1), rest);
        rest = L.MultiplyAdd(n, L.All(-HalfPiShort2), rest);
        return L.MultiplyAdd(n, L.All(-HalfPiRest), rest);
    }

    /// <summary>Multiplies by 2ⁿ, where n is in the low bits of <paramref name="shifted"/>, by adding to the exponent.</summary>
    [MethodImpl(Inline)]
    private static V Scale(V x, V shifted) => L.AddBits(x, L.ShiftLeft(shifted, 23));

    [MethodImpl(Inline)]
    private static V CopySign(V x, V sign) => L.SelectBits(L.AllBits(int.MinValue), sign, x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V SinLarge(V x)
    {
        var p = stackalloc float[L.Count];
        L.Store(p, x);
        for (var i = 0; i < L.Count; i++)
            p[i] = Simd.Sin(p[i]);
        return L.Load(p);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V CosLarge(V x)
    {
        var p = stackalloc float[L.Count];
        L.Store(p, x);
        for (var i = 0; i < L.Count; i++)
            p[i] = Simd.Cos(p[i]);
        return L.Load(p);
    }
}
