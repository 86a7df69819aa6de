using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Div : BinaryOp
{
    public override string Name => "Div";

    public override string Operator => "/";

    public override OpDoc Doc => new("x / y", "any, any → broadcast", "quotient");

    protected override Expr Formula(Expr x, Expr y) => x / y;
}
