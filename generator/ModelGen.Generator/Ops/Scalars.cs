using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

/// <summary>Scalar functions that several ops are made of.</summary>
internal static class Scalars
{
    /// <summary>log(1 + e^x) for any x, with derivative sigmoid(x).</summary>
    public static Expr Softplus(Expr x) => Expr.DifferentiateAs(
        Expr.Max(x, 0) + Expr.Log1P(Expr.Exp(-Expr.Abs(x))),
        Expr.StopGradient(Expr.Sigmoid(x)) * x);

    /// <summary>x², reading x once.</summary>
    public static Expr Square(Expr x) => x * x;
}
