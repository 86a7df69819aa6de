using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sin : ElementwiseOp
{
    public override string Name => "Sin";

    public override OpDoc Doc => new("sin x", "any → same", "sine");

    protected override Expr Formula(Expr x, OpCall call) => Simplify.Unary(UnaryKind.Sin, x);
}
