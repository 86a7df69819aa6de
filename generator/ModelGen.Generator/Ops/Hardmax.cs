using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Hardmax : Op
{
    public override string Name => "Hardmax";

    public override string Summary => "Returns 1 at the greatest element along an axis, of equal ones the first, and 0 elsewhere.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("y[…,i,…] = i = argmax x ? 1 : 0", "any → same", "ONNX's Hardmax", "No derivative.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x"), OpParameter.Axis("axis", "the axis", -1) };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 4))) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axis", 0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot look along axis {axis} of {x.Shape}: it is the batch axis");
        var at = call.Builder.Reduce(Combine.ArgMax, x, new[] { axis }, keep: true);
        return One(call.Builder.Compute(x.Shape, Array.Empty<Axis>(), Combine.None, v =>
            Expr.Where(Expr.Equal(GraphBuilder.LoadBroadcast(at, v, v.Length), new Expr.IndexOf(v[axis])), 1, 0)));
    }
}
