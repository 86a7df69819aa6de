using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sigmoid : ActivationOp
{
    public override string Name => "Sigmoid";

    public override ActivationKind Activation => ActivationKind.Saturating;

    public override OpDoc Doc => new("1 / (1 + e^-x)", "any → same", "logistic function");

    protected override Expr Formula(Expr x, OpCall call) => Expr.Sigmoid(x);
}
