using System.Collections.Generic;
using System.Linq;
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

    protected abstract Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep);

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axes = call.Has("axes") ? call.Axes("axes", x) : Enumerable.Range(0, x.Shape.Rank).ToArray();
        return One(Reduce(call.Builder, x, axes, call.Boolean("keepDims")));
    }
}
