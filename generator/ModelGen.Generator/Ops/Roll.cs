using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Roll : Op
{
    public override string Name => "Roll";

    public override string Summary => "Moves the elements along axes; what leaves one end enters at the other.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("y[…,(i + shift) mod A,…] = x[…,i,…]", "any → same", "torch.roll",
        "One shift for each axis. None of them is the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integers("shifts", "by how much, for each of the axes; negative moves towards the first element"),
        OpParameter.Integers("axes", "the axes; the batch axis counts as 0, negative counts from the last"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 5)), ("shifts", new[] { 2 }), ("axes", new[] { 1 })),
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("shifts", new[] { -1, 3 }), ("axes", new[] { 1, 2 })),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("shifts", new[] { 1, 2 }), ("axes", new[] { 1 }))),
        ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("shifts", new[] { 1 }), ("axes", new[] { 0 }))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var shifts = call.Integers("shifts");
        var axes = call.Integers("axes");
        call.Axes("axes", x);
        if (shifts.Length != axes.Length) throw call.Fail("MG2009", $"needs one shift for each axis, got {shifts.Length} for {axes.Length}");
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = axes[i] < 0 ? axes[i] + x.Shape.Rank : axes[i];
            if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot move along the batch axis of {x.Shape}");
            var size = x.Shape[axis].Factor;
            var shift = (shifts[i] % size + size) % size;
            // Two slices one after the other: the gradient is of the same form.
            if (shift != 0)
                x = Concat.Of(call.Builder, new[] { Slice.Of(call.Builder, x, axis, size - shift, shift), Slice.Of(call.Builder, x, axis, 0, size - shift) },
                    axis);
        }
        return One(x);
    }
}
