using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Tanh : ActivationOp
{
    public override string Name => "Tanh";

    public override ActivationKind Activation => ActivationKind.Saturating;

    public override OpDoc Doc => new("tanh x", "any → same", "hyperbolic tangent");

    protected override Expr Formula(Expr x, OpCall call) => Expr.Tanh(x);
}
