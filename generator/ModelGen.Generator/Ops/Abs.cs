using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Abs : ElementwiseOp
{
    public override string Name => "Abs";

    public override OpDoc Doc => new("|x|", "any → same", "absolute value", "Derivative 0 at 0.");

    protected override Expr Formula(Expr x, OpCall call) => Expr.Abs(x);
}
