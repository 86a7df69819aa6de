using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class TopK : SortedOp
{
    public override string Name => "TopK";

    public override string Summary => "Returns the greatest elements along an axis in descending order, and the positions they had.";

    public override OpDoc Doc => new("the k greatest elements, and where they were", "[…, A, …] → […, k, …], […, k, …]", "torch.topk",
        "Equal elements keep their order. Values have the derivative of what they were taken from, positions none. The cost grows with the square of "
            + "the axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("k", "how many"),
        OpParameter.Axis("axis", "the axis", -1),
        OpParameter.Boolean("largest", "whether they are the greatest; otherwise they are the least, in ascending order", true),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5)), ("k", 2)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 5)), ("k", 6))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        var k = call.Positive("k");
        if (!x.Shape[axis].PerSample && k > x.Shape[axis].Factor) throw call.Fail("MG2009",
            $"needs k of at most {x.Shape[axis]} along axis {axis} of {x.Shape}, got {k}");
        return First(call, x, axis, k, call.Boolean("largest"));
    }
}
