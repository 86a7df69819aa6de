using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Slice : Op
{
    public override string Name => "Slice";

    public override string Summary => "Returns the elements start, start + step, … below end of an axis.";

    public override OpDoc Doc => new("x[…, start : end : step, …]", "[…, A, …] → […, ⌈(end - start) / step⌉, …]", "basic slicing of NumPy",
        "Negative start and end count from the end; an omitted end is the size. 0 ≤ start < end ≤ size, step ≥ 1.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis"),
        OpParameter.Integer("start", "the first element; negative counts from the end"),
        OpParameter.OptionalInteger("end", "the first element left out; negative counts from the end, null is the size"),
        OpParameter.Integer("step", "the distance between elements", 1),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 7)), ("axis", 1), ("start", 1), ("end", 7), ("step", 2)),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot take a part of axis {axis} of {x.Shape}: it is the batch axis");
        int size = x.Shape[axis].Factor, start = call.Integer("start"), end = call.Has("end") ? call.Integer("end") : size, step = call.Positive("step");
        if (start < 0) start += size;
        if (end < 0) end += size;
        if (start < 0 || end > size || start >= end)
            throw call.Fail("MG2009", $"needs 0 ≤ start < end ≤ {size} along axis {axis} of {x.Shape}, got start {start} and end {end}");
        return One(Of(call.Builder, x, axis, start, (end - start + step - 1) / step, step));
    }

    /// <summary>Elements start, start + step, … along an axis.</summary>
    internal static Node Of(GraphBuilder b, Node x, int axis, int start, int count, int step = 1, Purpose? purpose = null) =>
        b.Compute(Shape.Of(x.Shape.Axes.With(axis, x.Shape[axis].WithSize(count))), Array.Empty<Axis>(), Combine.None, v =>
        {
            var index = v.ToArray();
            index[axis] = AffineIndex.Variable(v.Length, axis, step, start);
            return GraphBuilder.Load(x, index);
        }, purpose);
}
