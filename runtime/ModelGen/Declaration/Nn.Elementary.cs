namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes |x|, element by element; the derivative is 0 at 0.</summary>
    public static Tensor Abs(Tensor x) => Tensor.Record("Abs", null, [x]);

    /// <summary>Returns −1, 0 or 1, element by element; the derivative is 0 everywhere (warning MG2104).</summary>
    public static Tensor Sign(Tensor x) => Tensor.Record("Sign", null, [x]);

    /// <summary>Computes e^x, element by element.</summary>
    public static Tensor Exp(Tensor x) => Tensor.Record("Exp", null, [x]);

    /// <summary>Computes ln x, element by element.</summary>
    public static Tensor Log(Tensor x) => Tensor.Record("Log", null, [x]);

    /// <summary>Computes √x, element by element.</summary>
    public static Tensor Sqrt(Tensor x) => Tensor.Record("Sqrt", null, [x]);

    /// <summary>Computes sin x, element by element.</summary>
    public static Tensor Sin(Tensor x) => Tensor.Record("Sin", null, [x]);

    /// <summary>Computes cos x, element by element.</summary>
    public static Tensor Cos(Tensor x) => Tensor.Record("Cos", null, [x]);

    /// <summary>Clamps x to [min, max]; the derivative is 1 inside and at the bounds.</summary>
    /// <param name="x">The input.</param>
    /// <param name="min">The lower bound; none where null.</param>
    /// <param name="max">The upper bound; none where null.</param>
    public static Tensor Clamp(Tensor x, float? min = null, float? max = null) => Tensor.Record("Clamp", null, [x], ("min", min), ("max", max));

    /// <summary>Computes x^y, element by element, with broadcasting.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The other operand.</param>
    public static Tensor Pow(Tensor x, Tensor y) => Tensor.Record("Pow", null, [x, y]);

    /// <summary>Computes x^y, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The other operand.</param>
    public static Tensor Pow(Tensor x, float y) => Tensor.Record("Pow", null, [x], ("y", y));

    /// <summary>Returns the greater of x and y, element by element, with broadcasting; at a tie each gets half of the derivative.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The other operand.</param>
    public static Tensor Maximum(Tensor x, Tensor y) => Tensor.Record("Maximum", null, [x, y]);

    /// <summary>Returns the greater of x and y, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The other operand.</param>
    public static Tensor Maximum(Tensor x, float y) => Tensor.Record("Maximum", null, [x], ("y", y));

    /// <summary>Returns the lesser of x and y, element by element, with broadcasting; at a tie each gets half of the derivative.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The other operand.</param>
    public static Tensor Minimum(Tensor x, Tensor y) => Tensor.Record("Minimum", null, [x, y]);

    /// <summary>Returns the lesser of x and y, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The other operand.</param>
    public static Tensor Minimum(Tensor x, float y) => Tensor.Record("Minimum", null, [x], ("y", y));

    /// <summary>Returns x where the condition is not 0, otherwise y; the condition has no derivative.</summary>
    /// <param name="condition">Broadcasts with the operands.</param>
    /// <param name="x">The result where the condition holds.</param>
    /// <param name="y">The result elsewhere.</param>
    public static Tensor Where(Tensor condition, Tensor x, Tensor y) => Tensor.Record("Where", null, [condition, x, y]);
}
