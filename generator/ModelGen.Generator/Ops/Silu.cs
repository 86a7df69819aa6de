using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Silu : ActivationOp
{
    public override string Name => "Silu";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("x · sigmoid(x)", "any → same", "Elfwing, Uchibe and Doya 2017; Swish");

    protected override Expr Formula(Expr x, OpCall call) => x * Expr.Sigmoid(x);
}
