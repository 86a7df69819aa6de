using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Softsign : ActivationOp
{
    public override string Name => "Softsign";

    public override ActivationKind Activation => ActivationKind.Saturating;

    public override OpDoc Doc => new("x / (1 + |x|)", "any → same", "Glorot and Bengio 2010");

    protected override Expr Formula(Expr x, OpCall call) => x / (1 + Expr.Abs(x));
}
