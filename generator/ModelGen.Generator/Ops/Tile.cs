using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Tile : Op
{
    public override string Name => "Tile";

    public override string Summary => "Returns x repeated as a whole along its last axes, so many times each.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("y[…,k·A + i] = x[…,i]", "[N, A] → [N, r·A]", "torch.tile, numpy.tile",
        "One factor for each of the last axes, in their order. The batch axis is not repeated.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integers("repeats", "how often, for each of the last axes, in their order"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("repeats", new[] { 2 })) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("repeats", new[] { 0 }))),
        ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("repeats", new[] { 2, 2 }))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var repeats = call.Integers("repeats");
        var first = x.Shape.Rank - repeats.Length;
        if (first < 0 || repeats.Any(r => r < 1))
            throw call.Fail("MG2009", $"needs a factor of at least 1 for each of the last axes of {x.Shape}, got [{string.Join(",", repeats)}]");
        for (var i = 0; i < repeats.Length; i++)
        {
            if (repeats[i] == 1) continue;
            var axis = first + i;
            if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot repeat axis {axis} of {x.Shape}: it is the batch axis");
            call.Size((long)repeats[i] * x.Shape[axis].Factor, $"an axis {axis} of {repeats[i]}*{x.Shape[axis].Factor}");
            x = Along(call.Builder, x, axis, repeats[i], outside: true);
        }
        return One(x);
    }

    /// <summary>Repeats an axis: as a whole, or each element by itself.</summary>
    internal static Node Along(GraphBuilder b, Node x, int axis, int times, bool outside)
    {
        var shape = Unsqueeze.At(x.Shape, outside ? axis : axis + 1);
        var repeated = Expand.To(b, b.Reshape(x, shape), Shape.Of(shape.Axes.With(outside ? axis : axis + 1, times)));
        return b.Reshape(repeated, Shape.Of(x.Shape.Axes.With(axis, x.Shape[axis].WithSize(times * x.Shape[axis].Factor))));
    }
}
