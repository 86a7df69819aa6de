using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class OneHot : Op
{
    public override string Name => "OneHot";

    public override string Summary => "Returns a row for each label, with 1 at its class and 0 elsewhere: i32[N,…] → f32[N,…,classes].";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("y[…,k] = x[…] = k ? 1 : 0", "labels [N, …] → [N, …, classes]", "indicator",
        "No derivative. A label outside of the classes has zeros.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Labels("x", "the labels"),
        OpParameter.Integer("classes", "the number of classes"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Labels(4, Axis.Batch, 2)), ("classes", 4)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2009", new OpSample(("x", SampleOperand.Labels(4, Axis.Batch)), ("classes", 0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var classes = call.Positive("classes");
        return One(call.Builder.Compute(Shape.Of(x.Shape.Axes.Append(new Axis("k", classes))), Array.Empty<Axis>(), Combine.None, v =>
            Expr.Where(Expr.Equal(GraphBuilder.Load(x, v.Take(x.Shape.Rank).ToArray()), new Expr.IndexOf(v[v.Length - 1])), 1, 0)));
    }
}
