using System.Globalization;
using System.Text;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;
using ModelGen.Tests.Surface;

namespace ModelGen.Tests.Documentation;

/// <summary>The page generator/docs/operators.md, from the catalogue and from what autodiff derives.</summary>
internal static class OperatorTable
{
    /// <summary>Longer derivations are folded away.</summary>
    private const int LongestShown = 10;

    public static string Write()
    {
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');
        Line("# Operators");
        Line();
        Line("Written from the catalogue of the compiler; `VERIFY_ACCEPT=1` and the test `OperatorTableTests` write it anew. The derivatives are not");
        Line("those of a textbook: they are what reverse mode (VJP) and forward mode (JVP) derive from the op's composition on the small operands");
        Line("named, printed as the graph has them. `n` runs over the batch of N samples, `Σ[p<4]` over p from 0 to 3; `dx` is the cotangent of `x`,");
        Line("`x'` its tangent; `t1`, `u1`, … are values in between. A cotangent named again has grown by what another use adds. A read beside a tensor");
        Line("gives 0 (in a maximum −∞), and so does a quotient of indices that is not whole; `inside(…)` asks whether a read is neither.");
        Line();
        foreach (var group in OpCatalog.Groups)
            Line($"**{group.Title}** {string.Join(" · ", group.Ops.Select(o => $"[{o.Name}](#{o.Name.ToLowerInvariant()})"))}  ");
        Line();
        Head(Line);
        foreach (var group in OpCatalog.Groups)
        {
            Line();
            Line($"## {group.Title}");
            foreach (var op in group.Ops) Entry(Line, op);
        }
        return page.ToString();
    }

    private static void Head(Action<string> line)
    {
        line("## The rules");
        line("");
        line("Every op is a composition of one primitive, `y[o] = combine over r of body(o, r)`: a scalar formula over elements of tensors at affine");
        line("indices. So two kinds of rules differentiate everything: those of scalar functions, and one for the indices.");
        line("");
        line("### Scalar functions");
        line("");
        line("| f | ∂f/∂x | ∂f/∂y |");
        line("| --- | --- | --- |");
        Expr x = new Expr.Load(0, default), y = new Expr.Load(1, default);
        string Text(Expr e) => "`" + ExprPrinter.Print(e, id => id == 0 ? "x" : "y") + "`";
        foreach (var kind in Enum.GetValues<UnaryKind>())
            line($"| {Text(Simplify.Unary(kind, x))} | {Text(Differentiate.With(Simplify.Unary(kind, x), x))} | |");
        foreach (var f in Enum.GetValues<BinaryKind>().Select(kind => Simplify.Binary(kind, x, y))
            .Append(Simplify.Binary(BinaryKind.Max, x, 3)).Append(Simplify.Binary(BinaryKind.Pow, x, 2.5)).Append(Expr.Where(y > 0, x, 3)))
            line($"| {Text(f)} | {Text(Differentiate.With(f, x))} | {Text(Differentiate.With(f, y))} |");
        line("");
        line("### Indices");
        line("");
        line("Where `body` reads `x` at `f(o, r)`, forward mode adds `∂body/∂x[f] · x'[f]` to the tangent, under the same sum. Reverse mode turns the");
        line("index around: `dx[i]` is the sum of `dy[o] · ∂body/∂x[f]` over all `(o, r)` with `f(o, r) = i`. For each axis of `x` one variable is solved");
        line("for and the others are summed over; a variable that no index mentions (a broadcast) is summed over; and where windows tile an axis");
        line("it falls apart into position and place within the window, and nothing is left to sum. A maximum passes the cotangent to the elements");
        line("that reach it: in equal shares, or to the first alone where it is a window's.");
        line("");
        Example(line, "A matrix product, `x [N,3]`, `w [4,3]`",
            (b, v) => v("x", 3) is var a && b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(4, 3)), "w") is var w
            ? b.Compute(Shape.Of(Axis.Batch, 4), new Axis[] { 3 }, Combine.Sum, i => GraphBuilder.Load(a, i[0], i[2]) * GraphBuilder.Load(w, i[1], i[2])) : a);
        Example(line, "Windows that overlap, `x [N,9]`", (b, v) => v("x", 9) is var a
            ? b.Compute(Shape.Of(Axis.Batch, 4), new Axis[] { 3 }, Combine.Sum, i => GraphBuilder.Load(a, i[0], i[1].Times(2).Plus(i[2]))) : a);
        Example(line, "Windows that tile, `x [N,8]`", (b, v) => v("x", 8) is var a
            ? b.Compute(Shape.Of(Axis.Batch, 4), new Axis[] { 2 }, Combine.Sum, i => GraphBuilder.Load(a, i[0], i[1].Times(2).Plus(i[2]))) : a);
    }

    private static void Example(Action<string> line, string title, Func<GraphBuilder, Func<string, int, Node>, Node> build)
    {
        line(title + ":");
        line("");
        Block(line, new(b => build(b, (name, size) => b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(Axis.Batch, size)), name))));
        line("");
    }

    private static void Entry(Action<string> line, Op op)
    {
        line("");
        line($"### {op.Name}");
        line("");
        line($"`{NnFile.Signature(op)}`");
        line("");
        line($"- **Formula** {Code(op.Doc.Formula)}");
        line($"- **Shapes** {Code(op.Doc.Shapes)}");
        line($"- **Source** {op.Doc.Source}");
        if (op.Doc.Remarks.Length > 0) line($"- **Remarks** {op.Doc.Remarks}");
        line("");
        var rules = new DerivedRules(op);
        line($"On {rules.Operands}{(rules.Constants.Length == 0 ? "" : $" with {rules.Constants}")}:");
        line("");
        var length = rules.Forward.Count + rules.Vjp.Count + rules.Jvp.Count;
        if (length > LongestShown)
            line(string.Create(CultureInfo.InvariantCulture,
                $"<details><summary>{rules.Forward.Count} values, VJP in {rules.Vjp.Count} formulas, JVP in {rules.Jvp.Count}</summary>\n"));
        Block(line, rules);
        if (length > LongestShown) line("\n</details>");
    }

    private static void Block(Action<string> line, DerivedRules rules)
    {
        line("```text");
        foreach (var formula in rules.Forward) line("     " + formula);
        foreach (var (formula, i) in rules.Vjp.Select((f, i) => (f, i))) line((i == 0 ? "vjp  " : "     ") + formula);
        foreach (var (formula, i) in rules.Jvp.Select((f, i) => (f, i))) line((i == 0 ? "jvp  " : "     ") + formula);
        line("```");
    }

    private static string Code(string formula) => "`" + formula + "`";
}
