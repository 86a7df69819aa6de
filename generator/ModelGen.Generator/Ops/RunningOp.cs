using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A value that is carried along an axis: a recurrence with one state, of which every step is kept.</summary>
internal abstract class RunningOp : Op
{
    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x"), OpParameter.Axis("axis", "the axis") };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 4)), ("axis", 1)),
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 2)), ("axis", 1)),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot run along axis {axis} of {x.Shape}: it is the batch axis");
        return One(Along(call.Builder, x, axis));
    }

    /// <summary>The value after each step.</summary>
    protected abstract Node Along(GraphBuilder b, Node x, int axis);

    /// <summary>after[i] = step(before, x[i]), where before is after[i - 1], or the first value.</summary>
    protected static Node Run(GraphBuilder b, Node x, int axis, double first, Func<Expr, Expr, Expr> step)
    {
        if (x.Shape[axis].IsOne) return b.Map(t => step(first, t[0]), x);
        var initial = first == 0 ? null : b.Compute(Shape.Of(x.Shape.Axes.Where((_, a) => a != axis)), Array.Empty<Axis>(), Combine.None, (Expr)first,
            Purpose.State("first"));
        var before = b.Previous(x.Shape, axis, fromEnd: false, initial, Purpose.State("before"));
        var after = b.Map(t => step(t[0], t[1]), before, x);
        b.Close(before, after);
        return after;
    }
}
