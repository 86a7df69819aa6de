using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>The position of an extreme element along an axis, as a number.</summary>
internal abstract class ArgReduceOp : Op
{
    public override bool HasDerivative => false;

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis"),
        OpParameter.Boolean("keepDims", "whether the axis stays, with size 1", false),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axis", 2)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 0))) };

    /// <summary>Of which the greatest is looked for.</summary>
    protected abstract Expr Measure(Expr x);

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot look along axis {axis} of {x.Shape}: it is the batch axis");
        return One(call.Builder.Reduce(Combine.ArgMax, x, new[] { axis }, call.Boolean("keepDims"), Measure));
    }
}
