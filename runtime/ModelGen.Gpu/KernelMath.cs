using System.ComponentModel;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Util;

namespace ModelGen.Gpu;

/// <summary>Provides mathematics for generated kernels, without a branch: what ILGPU does not have, or has in a form that loses digits on the device.</summary>
/// <remarks>
/// Errors are the largest found against double precision at even steps of the range, on the processor; a device's own exponential
/// (<c>XMath.Exp</c>) adds an ulp or two. Polynomials are fits of this project.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelMath
{
    // tanh x = x + x³ P(x²), |x| <= 0.63.
    private const float TanhSmall = 0.63f;
    private const float Tanh0 = -0.333333284f;
    private const float Tanh1 = 0.133327365f;
    private const float Tanh2 = -0.0538458228f;
    private const float Tanh3 = 0.0209732335f;
    private const float Tanh4 = -0.00606214814f;

    // erf x = 2/√π x + x³ P(x²), |x| <= 1.
    private const float TwoOverRootPi = 1.12837917f;
    private const float Small0 = -0.376126379f;
    private const float Small1 = 0.112837903f;
    private const float Small2 = -0.0268659461f;
    private const float Small3 = 0.00522261113f;
    private const float Small4 = -0.000850854558f;
    private const float Small5 = 0.000114517374f;
    private const float Small6 = -1.02167487e-5f;

    // 1 − erf(a) = e^(−a Q(a)), 0 <= a <= 3.95, as on the host; from there on erf rounds to 1.
    private const float ErfOne = 3.95f;
    private const float Erf0 = 1.12837923f;
    private const float Erf1 = 0.636619389f;
    private const float Erf2 = 0.102777816f;
    private const float Erf3 = -0.019152984f;
    private const float Erf4 = -0.000160567288f;
    private const float Erf5 = 0.00166722143f;
    private const float Erf6 = -0.000632954238f;
    private const float Erf7 = 0.000117676995f;
    private const float Erf8 = -9.26053781e-6f;

    // atan r = r + r³ A(r²), |r| <= tan π/8, between the points where the argument is turned by π/4 and by π/2 (Cephes, atanf).
    private const float TanEighth = 0.414213562f;
    private const float TanThreeEighths = 2.41421356f;
    private const float HalfPi = 1.57079637f;
    private const float QuarterPi = 0.785398163f;
    private const float Atan0 = -0.333329491539f;
    private const float Atan1 = 0.199777106478f;
    private const float Atan2 = -0.138776856032f;
    private const float Atan3 = 0.0805374449538f;

    // e^x = 1 + x + x² P(x), |x| <= ln 2 / 2, as on the host.
    private const float ExpM1Small = 0.34657359f;
    private const float Exp0 = 0.5f;
    private const float Exp1 = 0.16666542f;
    private const float Exp2 = 0.0416662805f;
    private const float Exp3 = 0.00836671051f;
    private const float Exp4 = 0.00139466673f;

    // ln(1 + f) = f − f²/2 + f³ P(f), √½ <= 1 + f < √2, as on the host.
    private const float Log0 = 0.333333164f;
    private const float Log1 = -0.250008106f;
    private const float Log2 = 0.200022861f;
    private const float Log3 = -0.166245535f;
    private const float Log4 = 0.141811967f;
    private const float Log5 = -0.131287679f;
    private const float Log6 = 0.128816217f;
    private const float Log7 = -0.0785954595f;
    private const int SqrtHalfBits = 0x3F3504F3;
    private const float Ln2High = 0.693147182f;
    private const float Ln2Low = -1.90465421e-9f;

    // The same mixing as the host's: masks agree bit by bit.
    private const uint Mix0 = 0x7FEB352D;
    private const uint Mix1 = 0x846CA68B;
    private const uint Golden = 0x9E3779B9;

    /// <summary>Returns the larger number, or NaN where one of the two is NaN. (The device's own instruction would drop it and hide a diverged step.)</summary>
    public static float Max(float a, float b) => Utilities.Select(a <= b, b, Utilities.Select(a > b, a, a + b));

    /// <summary>Returns the smaller number, or NaN where one of the two is NaN.</summary>
    public static float Min(float a, float b) => Utilities.Select(a >= b, b, Utilities.Select(a < b, a, a + b));

    /// <summary>Returns a sum together with what its additions rounded away; the sum alone where it is not finite, because the rest is NaN then.</summary>
    public static float Total(float sum, float rest) => Utilities.Select(sum - sum == 0f, sum + rest, sum);

    /// <summary>Returns −1, 0 or 1; NaN stays NaN.</summary>
    public static float Sign(float x) => Utilities.Select(x > 0f, 1f, Utilities.Select(x < 0f, -1f, x));

    /// <summary>Computes 1 / (1 + e^−x). The result is 0 at −∞ and 1 at +∞; NaN stays NaN.</summary>
    public static float Sigmoid(float x) => 1f / (1f + XMath.Exp(-x));

    /// <summary>Computes e^x − 1; near 0, where <c>XMath.Exp(x) − 1</c> has no digits left, by a polynomial. The relative error is at most 4e-7. The result is
    /// −1 at −∞; NaN stays NaN.</summary>
    public static float ExpM1(float x)
    {
        var p = (Exp4 * x) + Exp3;
        p = (p * x) + Exp2;
        p = (p * x) + Exp1;
        p = (p * x) + Exp0;
        return Utilities.Select(IntrinsicMath.Abs(x) <= ExpM1Small, (x * x * p) + x, XMath.Exp(x) - 1f);
    }

    /// <summary>
    /// Computes the natural logarithm of 1 + x by a polynomial, because the device's own logarithm has no relative accuracy near 1. The relative error is at
    /// most 2e-7. The result is −∞ at −1, NaN below and +∞ at +∞; NaN stays NaN.
    /// </summary>
    public static float Log1P(float x)
    {
        var u = 1f + x;
        var bits = (int)Interop.FloatAsInt(u);
        var exponent = (bits - SqrtHalfBits) >> 23;
        var f = Interop.IntAsFloat((uint)(bits - (exponent << 23))) - 1f;
        var p = (Log7 * f) + Log6;
        p = (p * f) + Log5;
        p = (p * f) + Log4;
        p = (p * f) + Log3;
        p = (p * f) + Log2;
        p = (p * f) + Log1;
        p = (p * f) + Log0;
        var square = f * f;
        var y = ((square * f * p) + (exponent * Ln2Low) - (0.5f * square)) + f;
        y = (exponent * Ln2High) + y;

        // What the sum has rounded away, over u: the derivative of the logarithm.
        y += (x - (u - 1f)) / u;
        return Utilities.Select((u > 0f) & (u < float.PositiveInfinity), y,
            Utilities.Select(u == 0f, float.NegativeInfinity, Utilities.Select(u > 0f, u, float.NaN)));
    }

    /// <summary>Computes tanh x by e^−2|x|, and near 0 by a polynomial, because <c>tanh.approx</c> has 11 bits. The relative error is at most 2e-7. The result
    /// is ±1 at ±∞; NaN stays NaN.</summary>
    public static float Tanh(float x)
    {
        var a = IntrinsicMath.Abs(x);
        var t = XMath.Exp(-2f * a);
        var large = (1f - t) / (1f + t);
        var z = x * x;
        var p = (Tanh4 * z) + Tanh3;
        p = (p * z) + Tanh2;
        p = (p * z) + Tanh1;
        p = (p * z) + Tanh0;
        return Utilities.Select(a <= TanhSmall, (x * z * p) + x, Utilities.Select(x < 0f, -large, large));
    }

    /// <summary>Computes the error function 2/√π ∫₀ˣ e^−t² dt. The relative error is at most 3e-7. The result is ±1 at ±∞; NaN stays NaN.</summary>
    public static float Erf(float x)
    {
        var a = IntrinsicMath.Abs(x);
        var b = Utilities.Select(a > ErfOne, ErfOne, a);
        var q = (Erf8 * b) + Erf7;
        q = (q * b) + Erf6;
        q = (q * b) + Erf5;
        q = (q * b) + Erf4;
        q = (q * b) + Erf3;
        q = (q * b) + Erf2;
        q = (q * b) + Erf1;
        q = (q * b) + Erf0;
        var large = 1f - XMath.Exp(-(q * b));
        var z = x * x;
        var p = (Small6 * z) + Small5;
        p = (p * z) + Small4;
        p = (p * z) + Small3;
        p = (p * z) + Small2;
        p = (p * z) + Small1;
        p = (p * z) + Small0;
        return Utilities.Select(a <= 1f, (x * z * p) + (x * TwoOverRootPi), Utilities.Select(x < 0f, -large, large));
    }

    /// <summary>Computes the arc tangent of x. The relative error is at most 3e-7. The result is ±π/2 at ±∞; NaN stays NaN.</summary>
    public static float Atan(float x)
    {
        var a = IntrinsicMath.Abs(x);
        var isLarge = a > TanThreeEighths;
        var isMiddle = a > TanEighth;
        var r = Utilities.Select(isLarge, -1f, Utilities.Select(isMiddle, a - 1f, a))
            / Utilities.Select(isLarge, a, Utilities.Select(isMiddle, a + 1f, 1f));
        var z = r * r;
        var p = (Atan3 * z) + Atan2;
        p = (p * z) + Atan1;
        p = (p * z) + Atan0;
        var y = (z * r * p) + r + Utilities.Select(isLarge, HalfPi, Utilities.Select(isMiddle, QuarterPi, 0f));
        return Utilities.Select(x < 0f, -y, y);
    }

    /// <summary>Divides a position by a number with a multiplication and a shift. The quotient is exact for 0 ≤ x &lt; 2³¹, and below 0 where x is. ILGPU moves
    /// what only a loop uses into the loop, where a division takes some twenty instructions (Granlund and Montgomery, 1994).</summary>
    /// <param name="x">The position.</param>
    /// <param name="divisor">The number; for the reader.</param>
    /// <param name="multiplier">⌊2^shift / divisor⌋ + 1.</param>
    /// <param name="shift">31 more than the bits of the divisor.</param>
    public static int Quotient(int x, int divisor, uint multiplier, int shift) => (int)((x * (long)multiplier) >> shift);

    /// <summary>Returns the remainder of a position divided by a number; see <see cref="Quotient"/>.</summary>
    /// <param name="x">The position.</param>
    /// <param name="divisor">The number.</param>
    /// <param name="multiplier">⌊2^shift / divisor⌋ + 1.</param>
    /// <param name="shift">31 more than the bits of the divisor.</param>
    public static int Remainder(int x, int divisor, uint multiplier, int shift) => x - (Quotient(x, divisor, multiplier, shift) * divisor);

    /// <summary>Returns a random number in [0, 1), a multiple of 2⁻²⁴, that depends on the counter and the key only: the same bits as on the host.</summary>
    /// <param name="counter">The index of the element.</param>
    /// <param name="key">The seed of the step and the stream.</param>
    public static float Uniform(uint counter, uint key)
    {
        var h = counter ^ key;
        h = (h ^ (h >> 16)) * Mix0;
        h = (h ^ (h >> 15)) * Mix1;
        h = (h ^ (h >> 16)) + (key * Golden);
        h = (h ^ (h >> 16)) * Mix0;
        h = (h ^ (h >> 15)) * Mix1;
        h ^= h >> 16;
        return (int)(h >> 8) * (1f / (1 << 24));
    }
}
