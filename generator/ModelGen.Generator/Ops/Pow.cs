using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Pow : BinaryOp
{
    public override string Name => "Pow";

    public override OpDoc Doc =>
        new("x^y", "any, any → broadcast", "power", "x^0 is 1, and its derivative by x is 0, at x = 0 too. The derivative by y is 0 where x ≤ 0.");

    protected override Expr Formula(Expr x, Expr y) => Expr.Pow(x, y);
}
