using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Unsqueeze : Op
{
    public override string Name => "Unsqueeze";

    public override string Summary => "Adds an axis of size 1, which then is the one of that number.";

    public override bool KeepsScale => true;

    public override OpDoc Doc =>
        new("x with an axis of size 1", "[A, B] → [A, 1, B] for axis 1", "torch.unsqueeze", "The same memory: no work. The batch axis stays first.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("axis", "the number of the new axis; the batch axis counts as 0, negative counts from the last"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 1)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 3))),
        ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 0))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        int rank = x.Shape.Rank, axis = call.Integer("axis");
        if (axis < -rank - 1 || axis > rank) throw call.Fail("MG2007", $"needs axis in [{-rank - 1}, {rank}] for {x.Shape}, got {axis}");
        if (axis < 0) axis += rank + 1;
        if (axis == 0 && x.Shape.IsPerSample) throw call.Fail("MG2007", $"cannot put an axis before the batch axis of {x.Shape}: it stays first");
        return One(call.Builder.Reshape(x, At(x.Shape, axis)));
    }

    /// <summary>The shape with an axis of size 1.</summary>
    internal static Shape At(Shape shape, int axis) => Shape.Of(shape.Axes.Take(axis).Append(1).Concat(shape.Axes.Skip(axis)));
}
