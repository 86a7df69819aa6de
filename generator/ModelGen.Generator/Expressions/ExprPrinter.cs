using System;
using System.Globalization;
using System.Linq;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Expressions;

/// <summary>Prints an expression as a formula for people: comments, dumps, documentation.</summary>
internal static class ExprPrinter
{
    public static string Print(Expr e, Func<int, string>? node = null, Func<int, string>? variable = null)
    {
        node ??= i => "%" + i.ToString(CultureInfo.InvariantCulture);
        variable ??= j => "v" + j.ToString(CultureInfo.InvariantCulture);
        string Of(Expr x, int level = 0)
        {
            switch (x)
            {
                case Const c: return Number(c.Value);
                case SizeOf s: return Wrap(s.Axis.ToString(), level > 2 && s.Axis is { PerSample: true, Factor: > 1 });
                case IndexOf i: return i.Index.Print(variable, x => Of(x));
                case Expr.Random r: return "random(" + r.Counter.Print(variable, x => Of(x)) + ")";
                case Local l: return "t" + l.Id.ToString(CultureInfo.InvariantCulture);
                case Load l:
                    return node(l.Node)
                    + (l.Index.Count == 0 ? "" : "[" + string.Join(", ", l.Index.Select(i => i.Print(variable, x => Of(x)))) + "]");
                case Valid v: return "inside(" + Of(v.Of) + ")";
                case Stop s: return Of(s.X, level);
                case Surrogate s: return Of(s.Value, level);
                case UnaryNode { Kind: UnaryKind.Neg } u: return Wrap("-" + Of(u.X, 3), level > 2);
                case UnaryNode u: return u.Kind.ToString().ToLowerInvariant() + "(" + Of(u.X) + ")";
                case SelectNode s: return Wrap(Of(s.Condition, 1) + " ? " + Of(s.Then, 1) + " : " + Of(s.Else, 1), level > 0);
                case Compare c: return Of(c.A, 1) + Sign(c.Kind) + Of(c.B, 1);
                case Both b: return Of(b.A, 1) + " and " + Of(b.B, 1);
                case BinaryNode { Kind: BinaryKind.Max or BinaryKind.Min or BinaryKind.Pow } b:
                    return b.Kind.ToString().ToLowerInvariant() + "(" + Of(b.A)
                    + ", " + Of(b.B) + ")";
                case BinaryNode { Kind: BinaryKind.Add or BinaryKind.Sub } b:
                    return Wrap(Of(b.A, 1) + (b.Kind == BinaryKind.Add ? " + " : " - ")
                    + Of(b.B, b.Kind == BinaryKind.Add ? 1 : 2), level > 1);
                case BinaryNode b: return Wrap(Of(b.A, 2) + (b.Kind == BinaryKind.Mul ? " * " : " / ") + Of(b.B, 3), level > 2);
                default: throw new InvalidOperationException("Unknown expression " + x.GetType().Name);
            }
        }
        return Of(e);
    }

    public static string Number(double value)
    {
        if (double.IsPositiveInfinity(value)) return "inf";
        if (double.IsNegativeInfinity(value)) return "-inf";
        return Math.Abs(value) < 1e7 && value == Math.Floor(value)
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString("G7", CultureInfo.InvariantCulture);
    }

    private static string Wrap(string text, bool parentheses) => parentheses ? "(" + text + ")" : text;

    private static string Sign(CompareKind kind) => kind switch
    {
        CompareKind.Greater => " > ",
        CompareKind.GreaterOrEqual => " >= ",
        CompareKind.Less => " < ",
        CompareKind.LessOrEqual => " <= ",
        _ => " == ",
    };
}
