using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class MarginRankingLoss : Op
{
    public override string Name => "MarginRankingLoss";

    public override string Summary => "Computes the mean of max(0, −target · (x − y) + margin): the first should be the greater where the target is "
        + "1, the second where it is −1.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean max(0, -target·(x - y) + margin)", "[N, …], [N, …], [N, …] → []", "PyTorch's MarginRankingLoss",
        "Shapes agree. Targets are 1 and -1.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "one score"),
        OpParameter.Tensor("y", "the other score"),
        OpParameter.Tensor("target", "1 where x should be the greater, −1 where y should"),
        OpParameter.Real("margin", "by how much it should be greater", 0),
        LossReduction.Parameter(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3)),
            ("margin", 0.5)),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor("x"), y = call.Tensor("y"), target = call.Tensor("target");
        if (x.Shape != y.Shape || x.Shape != target.Shape) throw call.Fail("MG2011",
            $"needs operands of one shape, got {x.Shape}, {y.Shape} and {target.Shape}");
        var margin = call.Real("margin");
        return One(LossReduction.Apply(call, x.Shape, v =>
            Expr.Max(margin - GraphBuilder.Load(target, v) * (GraphBuilder.Load(x, v) - GraphBuilder.Load(y, v)), 0)));
    }
}
