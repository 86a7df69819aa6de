using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class BceWithLogits : WeightedLossOp
{
    public override string Name => "BceWithLogits";

    public override string Summary =>
        "Computes the binary cross-entropy of sigmoid(x), in nats: the mean over all elements of w·(max(x, 0) − x·target + log(1 + e^−|x|)). With "
        + "<paramref name=\"posWeight\"/> p: w·((1 − target)·x + (1 + (p − 1)·target)·log(1 + e^−x)).";

    public override OpDoc Doc => new("mean w·((1 - target)·log(1 + e^x) + p·target·log(1 + e^-x)), where p is posWeight or 1", "[N, …], [N, …] → []",
        "binary cross-entropy of sigmoid(x), in nats",
        "Both shapes agree. Computed with log(1 + e^x) = max(x, 0) + log(1 + e^-|x|): no overflow. Terms that are all of one sign: an answer that is right and "
        + "sure keeps the digits of its small loss, and of its derivative w·((1 - target)·sigmoid(x) - p·target·sigmoid(-x)). " + Constraints);

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("logits", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0, 1))),
    };

    protected override string Operand => "logits";

    protected override string OperandAbout => "x, before the sigmoid";

    protected override string Target => "the probability of \"yes\", in [0, 1]; the shape of the logits";

    protected override IReadOnlyList<OpParameter> Weights =>
        base.Weights.Append(OpParameter.OptionalReals("posWeight", "p, what a \"yes\" weighs against a \"no\": " + Each)).ToArray();

    protected override Expr Formula(Expr x, Expr target, OpCall call, Func<string, Expr?> weight)
    {
        var positive = target * Scalars.Softplus(-x);
        var loss = (1 - target) * Scalars.Softplus(x) + (weight("posWeight") is { } p ? p * positive : positive);
        return weight("weight") is { } factor ? factor * loss : loss;
    }
}
