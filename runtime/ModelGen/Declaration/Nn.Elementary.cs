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

    /// <summary>Clamps x to [min, max]; the derivative is 1 inside and at the bounds.</summary>
    /// <param name="x">The input.</param>
    /// <param name="min">The lower bound; none where null.</param>
    /// <param name="max">The upper bound; none where null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>min(max(x, min), max)</c>. Shapes: any → same. Source: projection on [min, max]. Derivative 1 at the bounds. The least is at most the
    /// greatest: min ≤ max.
    /// </remarks>
    public static Tensor Clamp(Tensor x, float? min = null, float? max = null) => Tensor.Record("Clamp", null, [x], ("min", min), ("max", max));
}
