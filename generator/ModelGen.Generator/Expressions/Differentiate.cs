using System;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Expressions;

/// <summary>The derivative of a scalar expression by the rules of calculus.</summary>
/// <remarks>At a kink the derivative is PyTorch's: maximum and minimum of two operands at a tie give half to each; against a constant
/// (as ReLU) nothing; abs and sign have 0 at 0. A select differentiates the branch taken, and what the other branch makes 0 is 0 whatever it is
/// multiplied with: <see cref="Simplify"/> moves factors into the branches, so that the cotangent is selected and no 0·∞ arises.</remarks>
internal static class Differentiate
{
    /// <summary>∂e/∂<paramref name="variable"/>, where the variable is any leaf (a load or a local).</summary>
    public static Expr With(Expr e, Expr variable)
    {
        if (e.Equals(variable)) return One;
        switch (e)
        {
            case UnaryNode u:
                {
                    var dx = With(u.X, variable);
                    return dx is Const { Value: 0 } ? Zero : Outer(u) * dx;
                }
            case BinaryNode b:
                return OfBinary(b, With(b.A, variable), With(b.B, variable));
            case SelectNode s:
                return Where(s.Condition, With(s.Then, variable), With(s.Else, variable));
            case Surrogate s:
                return With(s.Like, variable);
            default:
                return Zero;
        }
    }

    private static Expr Outer(UnaryNode u) => u.Kind switch
    {
        UnaryKind.Neg => -1,
        UnaryKind.Exp => u,
        UnaryKind.ExpM1 => Exp(u.X),
        UnaryKind.Log => One / u.X,
        UnaryKind.Log1P => One / (One + u.X),
        UnaryKind.Sqrt => 0.5 / (Expr)u,
        UnaryKind.Tanh => One - (Expr)u * u,
        UnaryKind.Sigmoid => u * (One - u),
        UnaryKind.Erf => 2 / Math.Sqrt(Math.PI) * Exp(-(u.X * u.X)),
        UnaryKind.Abs => Sign(u.X),
        UnaryKind.Sign or UnaryKind.Floor => Zero,
        UnaryKind.Sin => Simplify.Unary(UnaryKind.Cos, u.X),
        UnaryKind.Cos => -Simplify.Unary(UnaryKind.Sin, u.X),
        UnaryKind.Atan => One / (One + u.X * u.X),
        _ => throw new InvalidOperationException($"No derivative for {u.Kind}."),
    };

    private static Expr OfBinary(BinaryNode b, Expr da, Expr db)
    {
        switch (b.Kind)
        {
            case BinaryKind.Add: return da + db;
            case BinaryKind.Sub: return da - db;
            case BinaryKind.Mul: return da * b.B + b.A * db;
            // d(a/b) = da/b - (a/b)·db/b: the quotient itself appears, which the backward pass has at hand.
            case BinaryKind.Div: return da / b.B - (IsZero(db) ? Zero : (Expr)b * db / b.B);
            case BinaryKind.Pow:
                {
                    // A power of 0 is 1 everywhere: at a base of 0 too, where b·a^(b - 1) is 0·∞.
                    var byBase = IsZero(da) ? Zero : Where(Equal(b.B, 0), 0, b.B * Pow(b.A, b.B - 1)) * da;
                    // a^b·ln a · db, and 0 where a is 0 (the limit for b > 0).
                    var byExponent = IsZero(db) ? Zero : Where(b.A > 0, (Expr)b * Log(b.A), 0) * db;
                    return byBase + byExponent;
                }
            case BinaryKind.Max or BinaryKind.Min:
                {
                    if (IsZero(da) && IsZero(db)) return Zero;
                    // Against a constant the comparison is put in terms of the result, so that the operand need not be kept: max(x, c) > c ⇔ x > c.
                    if (b.B is Const c) return Where(b.Kind == BinaryKind.Max ? b > (Expr)c : b < (Expr)c, da, Zero);
                    var (first, second) = b.Kind == BinaryKind.Max ? (b.A > b.B, b.B > b.A) : (b.A < b.B, b.B < b.A);
                    return Where(first, da, Where(second, db, 0.5 * (da + db)));
                }
            default: throw new InvalidOperationException($"No derivative for {b.Kind}.");
        }
    }

    private static bool IsZero(Expr e) => e is Const { Value: 0 };
}
