using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A reduction over some axes, or all of them.</summary>
internal abstract class ReduceOp : Op
{
    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.OptionalIntegers("axes", "the axes, the batch axis counting as 0; all where null"),
        OpParameter.Boolean("keepDims", "whether reduced axes stay, with size 1", false),
    };

    protected virtual Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep) => throw new NotSupportedException();

    /// <summary>The reduction of an op that has more arguments.</summary>
    protected virtual Node Reduce(OpCall call, Node x, int[] axes, bool keep) => Reduce(call.Builder, x, axes, keep);

    /// <summary>A statistic over axes, which stay with size 1 or not.</summary>
    protected static Node Kept(GraphBuilder b, Node statistic, Node x, int[] axes, bool keep) =>
        keep ? b.Reshape(statistic, Shape.Of(x.Shape.Axes.Select((a, i) => Array.IndexOf(axes, i) < 0 ? a : 1))) : statistic;

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axes = call.Has("axes") ? call.Axes("axes", x) : Enumerable.Range(0, x.Shape.Rank).ToArray();
        return One(Reduce(call, x, axes, call.Boolean("keepDims")));
    }
}
