using System;
using System.Globalization;
using System.Linq;
using System.Text;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Expressions;

/// <summary>Prints an expression as a formula for people, in the notation of mathematics: <c>max(0, x[n, 2·y + ky])·w[o]</c>.</summary>
/// <remarks>What is chosen by a condition reads <c>a where c, b elsewhere</c>, and <c>[c]</c> is 1 where c holds and 0 elsewhere (Iverson's bracket).</remarks>
internal static class ExprPrinter
{
    /// <summary>How tightly the operands of a product bind: sums and choices stand in brackets there.</summary>
    public const int OfProduct = 2;

    /// <param name="node">The name of a tensor, by its number.</param>
    /// <param name="variable">The name of an iteration variable; empty for one that is always 0.</param>
    /// <param name="level">How tightly what stands around the expression binds.</param>
    /// <param name="isShown">Whether the index along a dimension of a tensor is printed; all are unless given.</param>
    public static string Print(Expr e, Func<int, string>? node = null, Func<int, string>? variable = null, int level = 0, Func<int, int, bool>? isShown = null)
    {
        node ??= i => "%" + i.ToString(CultureInfo.InvariantCulture);
        variable ??= j => "v" + j.ToString(CultureInfo.InvariantCulture);
        // Expressions are deep: each part is written where it stands, not put together level by level.
        var text = new StringBuilder();
        Write(e, level);
        return text.ToString();

        void Write(Expr x, int level = 0)
        {
            switch (x)
            {
                case Const c: text.Append(Number(c.Value)); break;
                case SizeOf { Axis: { PerSample: true, Factor: > 1 and var count } }:
                    text.Append(count.ToString(CultureInfo.InvariantCulture)).Append("·N");
                    break;
                case SizeOf s: text.Append(s.Axis); break;
                case IndexOf i: Wrapped(level > 1 && !IsOneTerm(i.Index), () => text.Append(Index(i.Index))); break;
                case Expr.Random r: text.Append("random(").Append(Index(r.Counter)).Append(')'); break;
                case Local l: text.Append('t').Append(l.Id.ToString(CultureInfo.InvariantCulture)); break;
                case Load l: WriteLoad(l); break;
                case Valid v: Call("inside", v.Of); break;
                case Stop s: Write(s.X, level); break;
                case Surrogate s: Write(s.Value, level); break;
                case UnaryNode { Kind: UnaryKind.Neg } u: Wrapped(level > 2, () => WritePair("-", null, u.X, 3)); break;
                case UnaryNode u: Call(u.Kind.ToString().ToLowerInvariant(), u.X); break;
                case SelectNode { Then: Const { Value: 1 }, Else: Const { Value: 0 } } s:
                    text.Append('[');
                    Write(s.Condition);
                    text.Append(']');
                    break;
                case SelectNode s: Wrapped(level > 0, () => WriteChoice(s)); break;
                case Compare c: WritePair(Sign(c.Kind), c.A, c.B, 1, 1); break;
                case Both b: WritePair(" and ", b.A, b.B, 1, 1); break;
                // The number first: max(0, x).
                case BinaryNode { Kind: BinaryKind.Max or BinaryKind.Min, B: Const } b: Call(b.Kind.ToString().ToLowerInvariant(), b.B, b.A); break;
                case BinaryNode { Kind: BinaryKind.Max or BinaryKind.Min or BinaryKind.Pow } b:
                    Call(b.Kind.ToString().ToLowerInvariant(), b.A, b.B);
                    break;
                case BinaryNode { Kind: BinaryKind.Add } b: Wrapped(level > 1, () => WritePair(" + ", b.A, b.B, 1, 1)); break;
                case BinaryNode { Kind: BinaryKind.Sub } b: Wrapped(level > 1, () => WritePair(" - ", b.A, b.B, 2, 1)); break;
                // A quotient stands in brackets: a / b·c would be read as a / (b·c).
                case BinaryNode b:
                    var first = b.A is BinaryNode { Kind: BinaryKind.Div } ? 3 : 2;
                    Wrapped(level > 2, () => WritePair(b.Kind == BinaryKind.Mul ? "·" : " / ", b.A, b.B, 3, first));
                    break;
                default: throw new InvalidOperationException("Unknown expression " + x.GetType().Name);
            }
        }

        void Wrapped(bool inBrackets, Action write)
        {
            if (inBrackets) text.Append('(');
            write();
            if (inBrackets) text.Append(')');
        }

        void WritePair(string between, Expr? a, Expr b, int ofB, int ofA = 0)
        {
            if (a is not null) Write(a, ofA);
            text.Append(between);
            Write(b, ofB);
        }

        void Call(string function, Expr a, Expr? b = null)
        {
            text.Append(function).Append('(');
            Write(a);
            if (b is not null)
            {
                text.Append(", ");
                Write(b);
            }
            text.Append(')');
        }

        void WriteChoice(SelectNode choice)
        {
            WritePair(" where ", choice.Then, choice.Condition, 0, 1);
            text.Append(", ");
            Write(choice.Else, choice.Else is SelectNode ? 0 : 1);
            if (choice.Else is not SelectNode) text.Append(" elsewhere");
        }

        void WriteLoad(Load load)
        {
            text.Append(node(load.Node));
            var isFirst = true;
            for (var d = 0; d < load.Index.Count; d++)
            {
                if (isShown is not null && !isShown(load.Node, d)) continue;
                text.Append(isFirst ? "[" : ", ").Append(Index(load.Index[d]));
                isFirst = false;
            }
            if (!isFirst) text.Append(']');
        }

        string Index(AffineIndex index) => index.AsVariable() is var v and >= 0 && variable(v) is { Length: > 0 } name ? name
            : index.Print(variable, x => Print(x, node, variable, 0, isShown));
    }

    public static string Number(double value)
    {
        if (double.IsPositiveInfinity(value)) return "∞";
        if (double.IsNegativeInfinity(value)) return "-∞";
        return Math.Abs(value) < 1e7 && value == Math.Floor(value)
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString("G7", CultureInfo.InvariantCulture);
    }

    private static bool IsOneTerm(AffineIndex index) =>
        index.Divisor == 1 && index.Coefficients.Count(c => c != 0) + (index.Offset != 0 ? 1 : 0) + (index.Lookup is null ? 0 : 1) <= 1;

    private static string Sign(CompareKind kind) => kind switch
    {
        CompareKind.Greater => " > ",
        CompareKind.GreaterOrEqual => " ≥ ",
        CompareKind.Less => " < ",
        CompareKind.LessOrEqual => " ≤ ",
        _ => " = ",
    };
}
