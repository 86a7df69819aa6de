using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A matrix with one of its triangles replaced by zeros, over the last two axes.</summary>
internal abstract class TriangleOp : Op
{
    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("diagonal", "the diagonal that bounds it: 0 the main one, 1 the one to its right", 0),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4))),
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("diagonal", 1)),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2002", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)))) };

    /// <summary>Whether an element stays.</summary>
    /// <param name="distance">Its column less its row.</param>
    protected abstract Expr Stays(Expr distance, int diagonal);

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var rank = x.Shape.Rank;
        if (rank < 2 || x.Shape[rank - 2].PerSample) throw call.Fail("MG2002", $"expects a matrix in the last two axes, got {x.Shape}");
        var diagonal = call.Integer("diagonal");
        return One(call.Builder.Compute(x.Shape, Array.Empty<Axis>(), Combine.None, v =>
            Expr.Where(Stays(new Expr.IndexOf(v[rank - 1].Plus(v[rank - 2].Times(-1))), diagonal), GraphBuilder.Load(x, v), 0)));
    }
}
