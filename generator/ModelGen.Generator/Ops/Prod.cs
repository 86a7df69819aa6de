using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Prod : Op
{
    public override string Name => "Prod";

    public override string Summary => "Computes the product of x along an axis.";

    public override OpDoc Doc => new("Π x along an axis", "any → without the axis, or with size 1 for it (keepDims)", "torch.prod",
        "The gradient divides by nothing, so that it is right where elements are 0. The axis is not the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis"),
        OpParameter.Boolean("keepDims", "whether the axis stays, with size 1", false),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 2)), ("axis", 1)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot multiply along axis {axis} of {x.Shape}: it is the batch axis");
        var b = call.Builder;
        var last = b.At(CumProd.Product(b, x, axis), axis, x.Shape[axis].Factor - 1);
        return One(call.Boolean("keepDims") ? b.Reshape(last, Unsqueeze.At(last.Shape, axis)) : last);
    }
}
