using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Mish : ActivationOp
{
    public override string Name => "Mish";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("x · tanh(log(1 + e^x))", "any → same", "Misra 2019");

    protected override Expr Formula(Expr x, OpCall call) => x * Expr.Tanh(Scalars.Softplus(x));
}
