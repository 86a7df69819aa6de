using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class SigmoidFocalLoss : DistanceLossOp
{
    public override string Name => "SigmoidFocalLoss";

    public override string Summary => "Computes the focal loss of logits x: the cross-entropy of sigmoid(x), weighed by (1 − p)^gamma where p is the "
        + "probability of the right answer.";

    public override OpDoc Doc => new("mean α_t·(1 - p_t)^γ·BCE(x, target)", "[N, …], [N, …] → []", "Lin et al. 2017, eq. 5; torchvision's sigmoid_focal_loss",
        "p_t is the probability of the target. A negative alpha weighs both answers alike.");

    protected override IReadOnlyList<OpParameter> Constants => new[]
    {
        OpParameter.Real("alpha", "the weight of \"yes\", 1 − alpha that of \"no\"; negative: none", 0.25),
        OpParameter.Real("gamma", "γ, by how much easy answers count less; at least 0", 2),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0, 1))),
    };

    protected override Expr Formula(Expr x, Expr target, OpCall call)
    {
        double alpha = call.Real("alpha"), gamma = call.AtLeastZero("gamma");
        var entropy = target * Scalars.Softplus(-x) + (1 - target) * Scalars.Softplus(x);
        var p = Expr.Sigmoid(x);
        var wrong = p * (1 - target) + (1 - p) * target;
        var loss = gamma == 0 ? entropy : entropy * Expr.Pow(wrong, gamma);
        return alpha < 0 ? loss : loss * (alpha * target + (1 - alpha) * (1 - target));
    }
}
