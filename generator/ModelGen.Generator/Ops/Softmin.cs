using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Softmin : Op
{
    public override string Name => "Softmin";

    public override string Summary => "Computes e^(−x) / Σ e^(−x) along an axis.";

    public override OpDoc Doc => new("y = e^(-x) / Σ e^(-x) along an axis", "any → same", "torch.nn.Softmin", "The minimum is subtracted first: no overflow.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x"), OpParameter.Axis("axis", "the axis", -1) };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 4))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        return One(Softmax.Of(call.Builder, call.Builder.Map(t => -t[0], x), call.Axis("axis", x)));
    }
}
