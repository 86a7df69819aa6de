using System;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Expressions;

/// <summary>Constructors that fold constants and drop neutral elements. Only identities that hold for every float but NaN and infinity are used.</summary>
internal static class Simplify
{
    public static Expr Unary(UnaryKind kind, Expr x) => (kind, x) switch
    {
        (_, Const c) => ScalarMath.Apply(kind, c.Value),
        (UnaryKind.Neg, UnaryNode { Kind: UnaryKind.Neg } inner) => inner.X,
        (UnaryKind.Neg, BinaryNode { Kind: BinaryKind.Sub } d) => Binary(BinaryKind.Sub, d.B, d.A),
        (UnaryKind.Neg, BinaryNode { Kind: BinaryKind.Mul, A: Const c } p) => Binary(BinaryKind.Mul, -c.Value, p.B),
        (UnaryKind.Abs, UnaryNode { Kind: UnaryKind.Neg } inner) => Unary(UnaryKind.Abs, inner.X),
        _ => new UnaryNode(kind, x),
    };

    public static Expr Binary(BinaryKind kind, Expr a, Expr b)
    {
        if (a is Const ca && b is Const cb) return ScalarMath.Apply(kind, ca.Value, cb.Value);
        switch (kind)
        {
            case BinaryKind.Add:
                if (IsConst(a, 0)) return b;
                if (IsConst(b, 0)) return a;
                if (a.Equals(b)) return Binary(BinaryKind.Mul, 2, a);
                if (b is UnaryNode { Kind: UnaryKind.Neg } nb) return Binary(BinaryKind.Sub, a, nb.X);
                if (a is UnaryNode { Kind: UnaryKind.Neg } na) return Binary(BinaryKind.Sub, b, na.X);
                break;
            case BinaryKind.Sub:
                if (IsConst(b, 0)) return a;
                if (IsConst(a, 0)) return Unary(UnaryKind.Neg, b);
                if (b is UnaryNode { Kind: UnaryKind.Neg } ns) return Binary(BinaryKind.Add, a, ns.X);
                break;
            case BinaryKind.Mul:
                if (IsConst(a, 0) || IsConst(b, 0)) return Zero;
                if (IsConst(a, 1)) return b;
                if (IsConst(b, 1)) return a;
                if (IsConst(a, -1)) return Unary(UnaryKind.Neg, b);
                if (b is Const) return Binary(BinaryKind.Mul, b, a);
                if (a is Const x && b is BinaryNode { Kind: BinaryKind.Mul, A: Const y } inner) return Binary(BinaryKind.Mul, x.Value * y.Value, inner.B);
                if (a is UnaryNode { Kind: UnaryKind.Neg } ma) return Unary(UnaryKind.Neg, Binary(BinaryKind.Mul, ma.X, b));
                if (b is UnaryNode { Kind: UnaryKind.Neg } mb) return Unary(UnaryKind.Neg, Binary(BinaryKind.Mul, a, mb.X));
                // s · (c ? t : 0) → c ? s·t : 0: a mask costs no product, and what it leaves out is 0 even where s is not finite.
                if (b is SelectNode s && SelectsZero(s)) return Choose(s.Condition, Binary(BinaryKind.Mul, a, s.Then), Binary(BinaryKind.Mul, a, s.Else));
                if (a is SelectNode t && SelectsZero(t)) return Choose(t.Condition, Binary(BinaryKind.Mul, t.Then, b), Binary(BinaryKind.Mul, t.Else, b));
                break;
            case BinaryKind.Div:
                if (IsConst(a, 0)) return Zero;
                if (IsConst(b, 1)) return a;
                // One rounding more than a division, and several times as fast.
                if (b is Const { Value: not 0 } d) return Binary(BinaryKind.Mul, 1 / d.Value, a);
                if (a is SelectNode q && SelectsZero(q)) return Choose(q.Condition, Binary(BinaryKind.Div, q.Then, b), Binary(BinaryKind.Div, q.Else, b));
                break;
            case BinaryKind.Max or BinaryKind.Min:
                // The number second: what is printed for it passes on a NaN of the first.
                if (a is Const) return Binary(kind, b, a);
                break;
            case BinaryKind.Pow:
                if (IsConst(b, 1)) return a;
                if (IsConst(b, 2)) return Binary(BinaryKind.Mul, a, a);
                if (IsConst(b, 3)) return Binary(BinaryKind.Mul, a, Binary(BinaryKind.Mul, a, a));
                if (IsConst(b, 0.5)) return Unary(UnaryKind.Sqrt, a);
                if (IsConst(b, 0)) return One;
                break;
        }
        return new BinaryNode(kind, a, b);
    }

    public static Expr Choose(Expr condition, Expr then, Expr otherwise)
    {
        if (then.Equals(otherwise)) return then;
        if (condition is Compare { A: Const a, B: Const b } c) return ScalarMath.Holds(c.Kind, a.Value, b.Value) ? then : otherwise;
        if (then is SelectNode inner && inner.Condition.Equals(condition)) then = inner.Then;
        if (otherwise is SelectNode last && last.Condition.Equals(condition)) otherwise = last.Else;
        return new SelectNode(condition, then, otherwise);
    }

    // Whether a choice may come out as 0 for good.
    private static bool SelectsZero(Expr e) => e is SelectNode s ? SelectsZero(s.Then) || SelectsZero(s.Else) : IsConst(e, 0);

    private static bool IsConst(Expr e, double value) => e is Const c && c.Value.Equals(value);
}
