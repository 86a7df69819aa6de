using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Select : Op
{
    public override string Name => "Select";

    public override string Summary => "Returns the part of x at one position of an axis, without that axis.";

    public override OpDoc Doc => new("y = x[…, index, …]", "[…, A, …] → […, …]", "torch.select",
        "A negative index counts from the end. The axis is not the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis"),
        OpParameter.Integer("index", "the position; negative counts from the end"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axis", 1), ("index", -1)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 1), ("index", 3))),
        ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 0), ("index", 1))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        int axis = call.Axis("axis", x), index = call.Integer("index");
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot take one position of axis {axis} of {x.Shape}: it is the batch axis");
        var size = x.Shape[axis].Factor;
        if (index < -size || index >= size) throw call.Fail("MG2009", $"needs index in [{-size}, {size - 1}] along axis {axis} of {x.Shape}, got {index}");
        return One(call.Builder.At(x, axis, index < 0 ? index + size : index));
    }
}
