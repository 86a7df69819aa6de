using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class RepeatInterleave : Op
{
    public override string Name => "RepeatInterleave";

    public override string Summary => "Repeats each element along an axis so many times before the next one.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("y[…,i·repeats + k,…] = x[…,i,…]", "[…, A, …] → […, A·repeats, …]", "torch.repeat_interleave",
        "The axis is not the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("repeats", "how often"),
        OpParameter.Axis("axis", "the axis"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 2)), ("repeats", 2), ("axis", 1)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("repeats", 0), ("axis", 1))),
        ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("repeats", 2), ("axis", 0))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        int repeats = call.Positive("repeats"), axis = call.Axis("axis", x);
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot repeat axis {axis} of {x.Shape}: it is the batch axis");
        call.Size((long)repeats * x.Shape[axis].Factor, $"an axis {axis} of {repeats}*{x.Shape[axis].Factor}");
        return One(repeats == 1 ? x : Tile.Along(call.Builder, x, axis, repeats, outside: false));
    }
}
