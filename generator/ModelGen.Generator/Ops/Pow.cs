using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Pow : BinaryOp
{
    public override string Name => "Pow";

    public override OpDoc Doc => new("x^y", "any, any → broadcast", "power", "The derivative by y is 0 where x ≤ 0.");

    protected override Expr Formula(Expr x, Expr y) => Expr.Pow(x, y);
}
