using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class BceLoss : WeightedLossOp
{
    public override string Name => "BceLoss";

    public override string Summary =>
        "Computes the mean of −w·(target·log x + (1 − target)·log(1 − x)) for probabilities x. <see cref=\"BceWithLogits\"/> keeps more precision.";

    public override OpDoc Doc =>
        new("mean -w·(target · log x + (1 - target) · log(1 - x))", "[N, …], [N, …] → []", "binary cross-entropy of probabilities, in nats",
        "Both shapes agree. x in [0, 1]; logarithms are cut at -100. Derivative w·(x - target) / max(x·(1 - x), 1e-12), as PyTorch's. " + Constraints);

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.1, 0.9)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0, 1))),
    };

    protected override Expr Formula(Expr x, Expr target, OpCall call, Func<string, Expr?> weight)
    {
        if (call.Producer(call.Tensor(Operand)) == "Sigmoid")
            call.Warn(new("MG2101", $"{call.Label} of a sigmoid loses precision where the probability nears 0 or 1; pass the logits to BceWithLogits"));
        // As in PyTorch a logarithm is never below -100, so that a certain wrong answer costs a finite amount.
        Expr certain = Expr.Max(Expr.Log(x), -100), impossible = Expr.Max(Expr.Log1P(-x), -100);
        // Its derivative is not cut with it: a wrong certainty is pushed away from.
        var slope = (x - target) / Expr.Max(x * (1 - x), 1e-12);
        var loss = Expr.DifferentiateAs(-(target * certain + (1 - target) * impossible),
            Expr.StopGradient(slope) * x + Expr.StopGradient(impossible - certain) * target);
        return weight("weight") is { } factor ? factor * loss : loss;
    }
}
