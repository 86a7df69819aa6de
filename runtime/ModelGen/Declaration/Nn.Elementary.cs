// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes <c>|x|</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: absolute value. Derivative 0 at 0.</remarks>
    public static Tensor Abs(Tensor x) => Tensor.Record("Abs", null, [x]);

    /// <summary>Returns −1, 0 or 1, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>sign x</c>. Shapes: any → same. Source: sign. Derivative 0 everywhere (warning MG2104).</remarks>
    public static Tensor Sign(Tensor x) => Tensor.Record("Sign", null, [x]);

    /// <summary>Computes <c>e^x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: exponential.</remarks>
    public static Tensor Exp(Tensor x) => Tensor.Record("Exp", null, [x]);

    /// <summary>Computes <c>ln x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: natural logarithm.</remarks>
    public static Tensor Log(Tensor x) => Tensor.Record("Log", null, [x]);

    /// <summary>Computes <c>√x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: square root. Infinite derivative at 0.</remarks>
    public static Tensor Sqrt(Tensor x) => Tensor.Record("Sqrt", null, [x]);

    /// <summary>Computes <c>sin x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: sine.</remarks>
    public static Tensor Sin(Tensor x) => Tensor.Record("Sin", null, [x]);

    /// <summary>Computes <c>cos x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: cosine.</remarks>
    public static Tensor Cos(Tensor x) => Tensor.Record("Cos", null, [x]);

    /// <summary>Computes <c>tan x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: tangent.</remarks>
    public static Tensor Tan(Tensor x) => Tensor.Record("Tan", null, [x]);

    /// <summary>Computes <c>arcsin x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: arc sine. NaN beyond ±1.</remarks>
    public static Tensor Asin(Tensor x) => Tensor.Record("Asin", null, [x]);

    /// <summary>Computes <c>arccos x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: arc cosine. NaN beyond ±1.</remarks>
    public static Tensor Acos(Tensor x) => Tensor.Record("Acos", null, [x]);

    /// <summary>Computes <c>arctan x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: arc tangent.</remarks>
    public static Tensor Atan(Tensor x) => Tensor.Record("Atan", null, [x]);

    /// <summary>Computes <c>(e^x - e^(-x)) / 2</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: hyperbolic sine. No digits are lost near 0.</remarks>
    public static Tensor Sinh(Tensor x) => Tensor.Record("Sinh", null, [x]);

    /// <summary>Computes <c>(e^x + e^(-x)) / 2</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: hyperbolic cosine.</remarks>
    public static Tensor Cosh(Tensor x) => Tensor.Record("Cosh", null, [x]);

    /// <summary>Computes <c>log(x + √(x² + 1))</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: inverse hyperbolic sine. No digits are lost near 0 or below it.</remarks>
    public static Tensor Asinh(Tensor x) => Tensor.Record("Asinh", null, [x]);

    /// <summary>Computes <c>log(x + √(x² - 1))</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: inverse hyperbolic cosine. NaN below 1.</remarks>
    public static Tensor Acosh(Tensor x) => Tensor.Record("Acosh", null, [x]);

    /// <summary>Computes <c>(log(1 + x) - log(1 - x)) / 2</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: inverse hyperbolic tangent. NaN beyond ±1.</remarks>
    public static Tensor Atanh(Tensor x) => Tensor.Record("Atanh", null, [x]);

    /// <summary>Computes <c>2^x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: power of 2.</remarks>
    public static Tensor Exp2(Tensor x) => Tensor.Record("Exp2", null, [x]);

    /// <summary>Computes <c>e^x - 1</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: exponential less 1. No digits are lost near 0.</remarks>
    public static Tensor Expm1(Tensor x) => Tensor.Record("Expm1", null, [x]);

    /// <summary>Computes <c>log(1 + x)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: natural logarithm of 1 + x. No digits are lost near 0.</remarks>
    public static Tensor Log1p(Tensor x) => Tensor.Record("Log1p", null, [x]);

    /// <summary>Computes <c>log₂ x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: binary logarithm.</remarks>
    public static Tensor Log2(Tensor x) => Tensor.Record("Log2", null, [x]);

    /// <summary>Computes <c>log₁₀ x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: decimal logarithm.</remarks>
    public static Tensor Log10(Tensor x) => Tensor.Record("Log10", null, [x]);

    /// <summary>Computes <c>2/√π ∫₀ˣ e^(-t²) dt</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: error function, Abramowitz and Stegun 7.1.1.</remarks>
    public static Tensor Erf(Tensor x) => Tensor.Record("Erf", null, [x]);

    /// <summary>Computes <c>1 - erf x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: complementary error function. For large x the difference has few digits.</remarks>
    public static Tensor Erfc(Tensor x) => Tensor.Record("Erfc", null, [x]);

    /// <summary>Computes <c>x²</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: square.</remarks>
    public static Tensor Square(Tensor x) => Tensor.Record("Square", null, [x]);

    /// <summary>Computes <c>1 / √x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: reciprocal square root.</remarks>
    public static Tensor Rsqrt(Tensor x) => Tensor.Record("Rsqrt", null, [x]);

    /// <summary>Computes <c>1 / x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: reciprocal.</remarks>
    public static Tensor Reciprocal(Tensor x) => Tensor.Record("Reciprocal", null, [x]);

    /// <summary>Computes <c>⌊x⌋</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: greatest integer. The derivative is 0.</remarks>
    public static Tensor Floor(Tensor x) => Tensor.Record("Floor", null, [x]);

    /// <summary>Computes <c>⌈x⌉</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: least integer not below. The derivative is 0.</remarks>
    public static Tensor Ceil(Tensor x) => Tensor.Record("Ceil", null, [x]);

    /// <summary>Computes <c>the nearest integer; of two the even one</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: IEEE 754, ties to even. The derivative is 0.</remarks>
    public static Tensor Round(Tensor x) => Tensor.Record("Round", null, [x]);

    /// <summary>Computes <c>x without its fraction</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: rounding toward zero. The derivative is 0.</remarks>
    public static Tensor Trunc(Tensor x) => Tensor.Record("Trunc", null, [x]);

    /// <summary>Computes <c>x - trunc x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: fraction. It has the sign of x; the derivative is 1.</remarks>
    public static Tensor Frac(Tensor x) => Tensor.Record("Frac", null, [x]);

    /// <summary>Clamps x to [min, max]; the derivative is 1 inside and at the bounds.</summary>
    /// <param name="x">The input.</param>
    /// <param name="min">The lower bound; none where null.</param>
    /// <param name="max">The upper bound; none where null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>min(max(x, min), max)</c>. Shapes: any → same. Source: projection on [min, max]. Derivative 1 at the bounds. The least is at most the
    /// greatest: min ≤ max.
    /// </remarks>
    public static Tensor Clamp(Tensor x, double? min = null, double? max = null) => Tensor.Record("Clamp", null, [x], ("min", min), ("max", max));

    /// <summary>Computes <c>x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Shapes: any → same. Source: PyTorch's detach. The same value; a constant to differentiation, so that no gradient flows to what it was computed from.
    /// </remarks>
    public static Tensor Detach(Tensor x) => Tensor.Record("Detach", null, [x]);
}
