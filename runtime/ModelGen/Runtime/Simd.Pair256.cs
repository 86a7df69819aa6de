using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.Runtime;

// The functions for two vectors of eight elements, operation by operation in turns: the same operations in the same order for each.
public static partial class Simd
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Exp(Pair256 x)
    {
        var shifted = Pair256.MultiplyAdd(x, Pair256.Create(Log2E), Pair256.Create(RoundingShift));
        var e = Scale(ExpM1Reduced(x, shifted) + Pair256.Create(1f), shifted);
        return new(ExpInRange(x.Low, e.Low), ExpInRange(x.High, e.High));
    }

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 ExpM1(Pair256 x)
    {
        var shifted = Pair256.MultiplyAdd(x, Pair256.Create(Log2E), Pair256.Create(RoundingShift));
        var reduced = ExpM1Reduced(x, shifted);
        var scale = Scale(Pair256.Create(1f), shifted);
        var near = Pair256.MultiplyAdd(scale, reduced, scale - Pair256.Create(1f));
        var large = Scale(reduced + Pair256.Create(1f), shifted);
        return new(ExpM1InRange(x.Low, near.Low, large.Low), ExpM1InRange(x.High, near.High, large.High));
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Tanh(Pair256 x)
    {
        var a = Pair256.Min(Pair256.Create(TanhOne), Pair256.Abs(x));
        var y = a + a;
        var em1 = ExpM1(y, Pair256.MultiplyAdd(y, Pair256.Create(Log2E), Pair256.Create(RoundingShift)));
        return CopySign(em1 / (em1 + Pair256.Create(2f)), x);
    }

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Sigmoid(Pair256 x) => Pair256.Create(1f) / (Pair256.Create(1f) + Exp(-x));

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Erf(Pair256 x)
    {
        var a = Pair256.Min(Pair256.Create(ErfOne), Pair256.Abs(x));
        var q = Pair256.MultiplyAdd(Pair256.Create(Erf8), a, Pair256.Create(Erf7));
        q = Pair256.MultiplyAdd(q, a, Pair256.Create(Erf6));
        q = Pair256.MultiplyAdd(q, a, Pair256.Create(Erf5));
        q = Pair256.MultiplyAdd(q, a, Pair256.Create(Erf4));
        q = Pair256.MultiplyAdd(q, a, Pair256.Create(Erf3));
        q = Pair256.MultiplyAdd(q, a, Pair256.Create(Erf2));
        q = Pair256.MultiplyAdd(q, a, Pair256.Create(Erf1));
        q = Pair256.MultiplyAdd(q, a, Pair256.Create(Erf0));
        var y = -q * a;
        return CopySign(ExpM1(y, Pair256.MultiplyAdd(y, Pair256.Create(Log2E), Pair256.Create(RoundingShift))), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair256 ExpM1Reduced(Pair256 x, Pair256 shifted)
    {
        var n = shifted - Pair256.Create(RoundingShift);
        var r = Pair256.MultiplyAdd(n, Pair256.Create(-Ln2High), x);
        r = Pair256.MultiplyAdd(n, Pair256.Create(-Ln2Low), r);
        var p = Pair256.MultiplyAdd(Pair256.Create(Exp4), r, Pair256.Create(Exp3));
        p = Pair256.MultiplyAdd(p, r, Pair256.Create(Exp2));
        p = Pair256.MultiplyAdd(p, r, Pair256.Create(Exp1));
        p = Pair256.MultiplyAdd(p, r, Pair256.Create(Exp0));
        return Pair256.MultiplyAdd(r * r, p, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair256 ExpM1(Pair256 x, Pair256 shifted)
    {
        var scale = Scale(Pair256.Create(1f), shifted);
        return Pair256.MultiplyAdd(scale, ExpM1Reduced(x, shifted), scale - Pair256.Create(1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair256 Scale(Pair256 x, Pair256 shifted) => new(Scale(x.Low, shifted.Low), Scale(x.High, shifted.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair256 CopySign(Pair256 x, Pair256 sign) => new(CopySign(x.Low, sign.Low), CopySign(x.High, sign.High));
}
