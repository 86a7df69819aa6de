using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Neg : ElementwiseOp
{
    public override string Name => "Neg";

    public override string Operator => "-";

    public override OpDoc Doc => new("-x", "any → same", "negation");

    protected override Expr Formula(Expr x, OpCall call) => -x;
}
