using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Squeeze : Op
{
    public override string Name => "Squeeze";

    public override string Summary => "Removes an axis of size 1, or all of them where none is named.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("x without axes of size 1", "[…, 1, …] → […, …]", "torch.squeeze", "The same memory: no work. The axis has size 1.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.OptionalInteger("axis", "the axis; the batch axis counts as 0, negative counts from the last, all of size 1 where null"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 1, 3)), ("axis", 1)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2006", new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3)), ("axis", 1))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        if (!call.Has("axis")) return One(call.Builder.Reshape(x, Shape.Of(x.Shape.Axes.Where(a => !a.IsOne))));
        var axis = call.Axis("axis", x);
        if (!x.Shape[axis].IsOne) throw call.Fail("MG2006", $"removes an axis of size 1, but axis {axis} of {x.Shape} has {x.Shape[axis]}");
        return One(call.Builder.Reshape(x, Shape.Of(x.Shape.Axes.Where((_, a) => a != axis))));
    }
}
