using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class BceWithLogits : WeightedLossOp
{
    public override string Name => "BceWithLogits";

    public override OpDoc Doc => new("mean w·(log(1 + e^x) - x·target); with posWeight p: mean w·((1 - target)·x + (1 + (p - 1)·target)·log(1 + e^-x))", "[N, …], [N, …] → []",
        "binary cross-entropy of sigmoid(x), in nats",
        "loss_c1: both shapes agree. Computed with log(1 + e^x) = max(x, 0) + log(1 + e^-|x|): no overflow. Its derivative is sigmoid(x). " + Constraints);

    protected override string Operand => "logits";

    protected override IReadOnlyList<string> Weights => new[] { "weight", "posWeight" };

    protected override Expr Formula(Expr x, Expr target, OpCall call, Func<string, Expr?> weight)
    {
        var loss = weight("posWeight") is { } positive ? (1 - target) * x + (1 + (positive - 1) * target) * Scalars.Softplus(-x) : Scalars.Softplus(x) - x * target;
        return weight("weight") is { } factor ? factor * loss : loss;
    }
}
