using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class MultiLabelSoftMarginLoss : Op
{
    public override string Name => "MultiLabelSoftMarginLoss";

    public override string Summary => "Computes the binary cross-entropy of sigmoid(x) for each class, averaged over the classes of each sample.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean over samples and classes of target·log(1 + e^-x) + (1 - target)·log(1 + e^x)", "[N, C], [N, C] → []",
        "PyTorch's MultiLabelSoftMarginLoss",
        "Shapes agree. Without a reduction one number for each sample.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the logits, f32[N,C]"),
        OpParameter.Tensor("target", "1 for each class that holds, else 0"),
        LossReduction.Parameter(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0, 1))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.TensorOfRank("x", 2, "logits [N,C]"), target = call.Tensor("target");
        if (x.Shape != target.Shape) throw call.Fail("MG2011", $"needs a target of the shape of x, got {x.Shape} and {target.Shape}");
        var sums = call.Builder.Compute(Shape.Of(x.Shape[0]), new[] { x.Shape[1] }, Combine.Sum, v =>
        {
            Expr own = GraphBuilder.Load(x, v), wanted = GraphBuilder.Load(target, v);
            return wanted * Scalars.Softplus(-own) + (1 - wanted) * Scalars.Softplus(own);
        }, Purpose.LossPart("sums"));
        return One(LossReduction.Apply(call, sums.Shape, v => GraphBuilder.Load(sums, v) / x.Shape[1].Factor));
    }
}
