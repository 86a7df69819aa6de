using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sqrt : ElementwiseOp
{
    public override string Name => "Sqrt";

    public override OpDoc Doc => new("√x", "any → same", "square root", "Infinite derivative at 0.");

    protected override Expr Formula(Expr x, OpCall call) => Expr.Sqrt(x);
}
