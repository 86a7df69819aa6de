using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class HingeEmbeddingLoss : DistanceLossOp
{
    public override string Name => "HingeEmbeddingLoss";

    public override string Summary => "Computes the mean of x where the target is 1 and of max(0, margin − x) where it is −1: for distances of pairs.";

    public override OpDoc Doc => new("mean (target = 1 ? x : max(0, margin - x))", "[N, …], [N, …] → []", "PyTorch's HingeEmbeddingLoss",
        "Targets are 1 and -1.");

    protected override IReadOnlyList<OpParameter> Constants => new[]
    {
        OpParameter.Real("margin", "the distance that pairs apart should have", 1),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(-1, 1))),
    };

    protected override Expr Formula(Expr x, Expr target, OpCall call) => Expr.Where(target > 0, x, Expr.Max(call.Real("margin") - x, 0));
}
