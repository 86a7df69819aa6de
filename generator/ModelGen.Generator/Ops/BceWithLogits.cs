using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class BceWithLogits : PointwiseLossOp
{
    public override string Name => "BceWithLogits";

    public override OpDoc Doc => new("mean log(1 + e^x) - x·target", "[N, …], [N, …] → []", "binary cross-entropy of sigmoid(x), in nats",
        "loss_c1: both shapes agree. Computed as max(x, 0) + log(1 + e^-|x|) - x·target: no overflow. The derivative is sigmoid(x) - target.");

    protected override string Operand => "logits";

    protected override Expr Formula(Expr x, Expr target, OpCall call) => Scalars.Softplus(x) - x * target;
}
