using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Normalize : Op
{
    public override string Name => "Normalize";

    public override string Summary => "Divides x by its Euclidean length along an axis.";

    public override OpDoc Doc => new("x / max(√Σ x², eps) along an axis", "any → same", "torch.nn.functional.normalize", "The axis is not the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis", 1),
        OpParameter.Real("eps", "the least divisor", 1e-12),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var length = Norm.Length(call.Builder, x, new[] { call.Axis("axis", x) }, keep: true);
        var eps = call.AtLeastZero("eps");
        return One(call.Builder.Map(t => t[0] / Expr.Max(t[1], eps), x, length));
    }
}
