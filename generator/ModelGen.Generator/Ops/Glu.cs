using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Glu : Op
{
    public override string Name => "Glu";

    public override string Summary => "Computes a · σ(b), where a and b are the two halves of x along an axis.";

    public override OpDoc Doc => new("a · σ(b), x = [a, b] along an axis", "[…, 2·A, …] → […, A, …]", "Dauphin et al. 2017", "The axis has an even size.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x"), OpParameter.Axis("axis", "the axis", -1) };

    public override ClassForm ClassForm => ClassForm.Step;

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 6))) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2006", new OpSample(("x", SampleOperand.Of(Axis.Batch, 5)))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        var size = x.Shape[axis].Factor;
        if (x.Shape[axis].PerSample || size % 2 != 0) throw call.Fail("MG2006", $"halves axis {axis} of {x.Shape}, which needs an even size");
        var b = call.Builder;
        return One(b.Map(t => t[0] * Expr.Sigmoid(t[1]), Slice.Of(b, x, axis, 0, size / 2), Slice.Of(b, x, axis, size / 2, size / 2)));
    }
}
