using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class PoissonNllLoss : DistanceLossOp
{
    public override string Name => "PoissonNllLoss";

    public override string Summary => "Computes the mean of e^x − target · x: the negative log-likelihood of counts whose rate is e^x.";

    public override OpDoc Doc => new("mean e^x - target · x (+ Stirling's approximation of log target! where target > 1, with full)", "[N, …], [N, …] → []",
        "PyTorch's PoissonNLLLoss");

    protected override IReadOnlyList<OpParameter> Constants => new[]
    {
        OpParameter.Boolean("logInput", "whether x is the logarithm of the rate; otherwise it is the rate, and the loss x − target·log(x + eps)", true),
        OpParameter.Boolean("full", "whether the term that does not depend on x is added, by Stirling's approximation", false),
        OpParameter.Real("eps", "what is added to the rate inside the logarithm", 1e-8),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0, 3))),
    };

    protected override Expr Formula(Expr x, Expr target, OpCall call)
    {
        var loss = call.Boolean("logInput") ? Expr.Exp(x) - target * x : x - target * Expr.Log(x + call.AtLeastZero("eps"));
        // log n! ≈ n log n - n + log(2πn) / 2.
        return !call.Boolean("full") ? loss
            : loss + Expr.Where(target > 1, target * Expr.Log(target) - target + 0.5 * Expr.Log(2 * Math.PI * target), 0);
    }
}
