using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sub : BinaryOp
{
    public override string Name => "Sub";

    public override string Operator => "-";

    public override OpDoc Doc => new("x - y", "any, any → broadcast", "difference");

    protected override Expr Formula(Expr x, Expr y) => x - y;
}
