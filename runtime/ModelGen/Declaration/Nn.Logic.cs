// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes <c>x = y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: comparison. 1 or 0; no derivative.</remarks>
    public static Tensor Equal(Tensor x, Tensor y) => Tensor.Record("Equal", null, [x, y]);

    /// <summary>Computes <c>x = y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: comparison. 1 or 0; no derivative.</remarks>
    public static Tensor Equal(Tensor x, double y) => Tensor.Record("Equal", null, [x], ("y", y));

    /// <summary>Computes <c>x ≠ y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: comparison. 1 or 0; no derivative.</remarks>
    public static Tensor NotEqual(Tensor x, Tensor y) => Tensor.Record("NotEqual", null, [x, y]);

    /// <summary>Computes <c>x ≠ y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: comparison. 1 or 0; no derivative.</remarks>
    public static Tensor NotEqual(Tensor x, double y) => Tensor.Record("NotEqual", null, [x], ("y", y));

    /// <summary>Computes <c>x is no number ? 1 : 0</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: IEEE 754. No derivative.</remarks>
    public static Tensor IsNan(Tensor x) => Tensor.Record("IsNan", null, [x]);

    /// <summary>Computes <c>x is ±∞ ? 1 : 0</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: IEEE 754. No derivative.</remarks>
    public static Tensor IsInf(Tensor x) => Tensor.Record("IsInf", null, [x]);
}
