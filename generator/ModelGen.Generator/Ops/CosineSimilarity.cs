using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class CosineSimilarity : Op
{
    public override string Name => "CosineSimilarity";

    public override string Summary => "Computes the cosine of the angle between x and y along an axis, with broadcasting.";

    public override OpDoc Doc => new("Σ x·y / max(√Σ x² · √Σ y², eps) along an axis", "any, any → broadcast, without the axis", "torch.nn.CosineSimilarity",
        "The axis counts in the broadcast shape.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "one operand"),
        OpParameter.Tensor("y", "the other operand"),
        OpParameter.Axis("axis", "the axis", 1),
        OpParameter.Real("eps", "the least divisor", 1e-8),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1)), ("y", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor("x"), y = call.Tensor("y");
        call.RequireBroadcast(x, y);
        var b = call.Builder;
        var product = b.Map(t => t[0] * t[1], x, y);
        var axes = new[] { call.Axis("axis", product) };
        // The axis of the operand itself, which may have fewer; one that is repeated counts as often.
        Node Squares(Node operand) => b.Reduce(Combine.Sum, Expand.To(b, operand, product.Shape), axes, false, e => e * e);
        var eps = call.AtLeastZero("eps");
        return One(b.Map(t => t[0] / Expr.Max(Expr.Sqrt(t[1]) * Expr.Sqrt(t[2]), eps), b.Reduce(Combine.Sum, product, axes), Squares(x), Squares(y)));
    }
}
