using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class SoftMarginLoss : DistanceLossOp
{
    public override string Name => "SoftMarginLoss";

    public override string Summary => "Computes the mean of log(1 + e^(−target·x)) for targets of 1 and −1.";

    public override OpDoc Doc => new("mean log(1 + e^(-target·x))", "[N, …], [N, …] → []", "logistic loss; PyTorch's SoftMarginLoss",
        "Targets are 1 and -1. Computed without overflow.");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3))),
    };

    protected override Expr Formula(Expr x, Expr target, OpCall call) => Scalars.Softplus(-(target * x));
}
