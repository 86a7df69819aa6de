// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes <c>x^y</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>
    /// Shapes: any, any → broadcast. Source: power. x^0 is 1, and its derivative by x is 0, at x = 0 too. The derivative by y is 0 where x ≤ 0.
    /// </remarks>
    public static Tensor Pow(Tensor x, Tensor y) => Tensor.Record("Pow", null, [x, y]);

    /// <summary>Computes <c>x^y</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Shapes: any, any → broadcast. Source: power. x^0 is 1, and its derivative by x is 0, at x = 0 too. The derivative by y is 0 where x ≤ 0.
    /// </remarks>
    public static Tensor Pow(Tensor x, double y) => Tensor.Record("Pow", null, [x], ("y", y));

    /// <summary>Returns the greater of x and y, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>max(x, y)</c>. Shapes: any, any → broadcast. Source: greater of two. At a tie half of the cotangent goes to each; against a number nothing.
    /// NaN where either is NaN.
    /// </remarks>
    public static Tensor Maximum(Tensor x, Tensor y) => Tensor.Record("Maximum", null, [x, y]);

    /// <summary>Returns the greater of x and y, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>max(x, y)</c>. Shapes: any, any → broadcast. Source: greater of two. At a tie half of the cotangent goes to each; against a number nothing.
    /// NaN where either is NaN.
    /// </remarks>
    public static Tensor Maximum(Tensor x, double y) => Tensor.Record("Maximum", null, [x], ("y", y));

    /// <summary>Returns the lesser of x and y, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>min(x, y)</c>. Shapes: any, any → broadcast. Source: lesser of two. At a tie half of the cotangent goes to each; against a number nothing.
    /// NaN where either is NaN.
    /// </remarks>
    public static Tensor Minimum(Tensor x, Tensor y) => Tensor.Record("Minimum", null, [x, y]);

    /// <summary>Returns the lesser of x and y, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>min(x, y)</c>. Shapes: any, any → broadcast. Source: lesser of two. At a tie half of the cotangent goes to each; against a number nothing.
    /// NaN where either is NaN.
    /// </remarks>
    public static Tensor Minimum(Tensor x, double y) => Tensor.Record("Minimum", null, [x], ("y", y));

    /// <summary>Computes <c>x - trunc(x / y) · y</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: modulus with the sign of x. As torch.fmod and % of C#.</remarks>
    public static Tensor Fmod(Tensor x, Tensor y) => Tensor.Record("Fmod", null, [x, y]);

    /// <summary>Computes <c>x - trunc(x / y) · y</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: modulus with the sign of x. As torch.fmod and % of C#.</remarks>
    public static Tensor Fmod(Tensor x, double y) => Tensor.Record("Fmod", null, [x], ("y", y));

    /// <summary>Computes <c>the angle of the point (y, x): arctan(x / y) in the quadrant of both</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: C's atan2(x, y). The first operand is the ordinate, as torch.atan2(input, other).</remarks>
    public static Tensor Atan2(Tensor x, Tensor y) => Tensor.Record("Atan2", null, [x, y]);

    /// <summary>Computes <c>the angle of the point (y, x): arctan(x / y) in the quadrant of both</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: C's atan2(x, y). The first operand is the ordinate, as torch.atan2(input, other).</remarks>
    public static Tensor Atan2(Tensor x, double y) => Tensor.Record("Atan2", null, [x], ("y", y));

    /// <summary>Computes <c>√(x² + y²)</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: Euclidean length.</remarks>
    public static Tensor Hypot(Tensor x, Tensor y) => Tensor.Record("Hypot", null, [x, y]);

    /// <summary>Computes <c>√(x² + y²)</c>, element by element, with broadcasting.</summary>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any, any → broadcast. Source: Euclidean length.</remarks>
    public static Tensor Hypot(Tensor x, double y) => Tensor.Record("Hypot", null, [x], ("y", y));

    /// <summary>Returns x where the condition is not 0, otherwise y; the condition has no derivative.</summary>
    /// <param name="condition">What is not 0 where x is taken; broadcasts with the operands.</param>
    /// <param name="x">The result where the condition holds.</param>
    /// <param name="y">The result elsewhere.</param>
    /// <exception cref="ArgumentNullException"><paramref name="condition"/>, <paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>Formula: <c>condition ≠ 0 ? x : y</c>. Shapes: any, any, any → broadcast. Source: selection. The condition has no derivative.</remarks>
    public static Tensor Where(Tensor condition, Tensor x, Tensor y) => Tensor.Record("Where", null, [condition, x, y]);

    /// <summary>Returns x where the condition is not 0, otherwise y; the condition has no derivative.</summary>
    /// <param name="condition">What is not 0 where x is taken; broadcasts with the operands.</param>
    /// <param name="x">The result where the condition holds.</param>
    /// <param name="y">The result elsewhere.</param>
    /// <exception cref="ArgumentNullException"><paramref name="condition"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>Formula: <c>condition ≠ 0 ? x : y</c>. Shapes: any, any, any → broadcast. Source: selection. The condition has no derivative.</remarks>
    public static Tensor Where(Tensor condition, double x, Tensor y) => Tensor.Record("Where", null, [condition, y], ("x", x));

    /// <summary>Returns x where the condition is not 0, otherwise y; the condition has no derivative.</summary>
    /// <param name="condition">What is not 0 where x is taken; broadcasts with the operands.</param>
    /// <param name="x">The result where the condition holds.</param>
    /// <param name="y">The result elsewhere.</param>
    /// <exception cref="ArgumentNullException"><paramref name="condition"/> or <paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>condition ≠ 0 ? x : y</c>. Shapes: any, any, any → broadcast. Source: selection. The condition has no derivative.</remarks>
    public static Tensor Where(Tensor condition, Tensor x, double y) => Tensor.Record("Where", null, [condition, x], ("y", y));

    /// <summary>Returns x where the condition is not 0, otherwise y; the condition has no derivative.</summary>
    /// <param name="condition">What is not 0 where x is taken; broadcasts with the operands.</param>
    /// <param name="x">The result where the condition holds.</param>
    /// <param name="y">The result elsewhere.</param>
    /// <exception cref="ArgumentNullException"><paramref name="condition"/> is null.</exception>
    /// <remarks>Formula: <c>condition ≠ 0 ? x : y</c>. Shapes: any, any, any → broadcast. Source: selection. The condition has no derivative.</remarks>
    public static Tensor Where(Tensor condition, double x, double y) => Tensor.Record("Where", null, [condition], ("x", x), ("y", y));
}
