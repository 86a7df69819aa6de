using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Stack : Op
{
    public override string Name => "Stack";

    public override string Summary => "Joins tensors of one shape along a new axis.";

    public override OpDoc Doc => new("the operands one after the other along a new axis", "[A, B], [A, B] → [A, 2, B] for axis 1", "torch.stack",
        "All shapes agree. The new axis is not before the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Integer("axis", "the number of the new axis; the batch axis counts as 0, negative counts from the last"),
        OpParameter.Tensors("xs", "the tensors, all of one shape"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("axis", 1), ("xs", new[] { SampleOperand.Of(Axis.Batch, 3), SampleOperand.Of(Axis.Batch, 3) })),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2008", new OpSample(("axis", 1), ("xs", new[] { SampleOperand.Of(Axis.Batch, 3), SampleOperand.Of(Axis.Batch, 4) }))),
        ("MG2007", new OpSample(("axis", 0), ("xs", new[] { SampleOperand.Of(Axis.Batch, 3), SampleOperand.Of(Axis.Batch, 3) }))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var xs = call.Tensors("xs");
        if (xs.Count == 0) throw call.Fail("MG2009", "needs at least one tensor");
        var (shape, axis) = (xs[0].Shape, call.Integer("axis"));
        if (xs.Any(x => x.Shape != shape)) throw call.Fail("MG2008",
            $"needs tensors of one shape, got {string.Join(" and ", xs.Select(t => t.Shape.ToString()))}");
        if (axis < -shape.Rank - 1 || axis > shape.Rank) throw call.Fail("MG2007", $"needs axis in [{-shape.Rank - 1}, {shape.Rank}] for {shape}, got {axis}");
        if (axis < 0) axis += shape.Rank + 1;
        if (axis == 0 && shape.IsPerSample) throw call.Fail("MG2007", $"cannot put an axis before the batch axis of {shape}: it stays first");
        return One(Concat.Of(call.Builder, xs.Select(x => call.Builder.Reshape(x, Unsqueeze.At(shape, axis))).ToArray(), axis));
    }
}
