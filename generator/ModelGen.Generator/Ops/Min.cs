using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Min : ReduceOp
{
    public override string Name => "Min";

    public override string Summary => "Returns the minimum of x over axes; equal least elements share the derivative evenly.";

    public override OpDoc Doc =>
        new("min x over axes", "any → without the axes, or with size 1 for each (keepDims)", "minimum",
        "Equal least elements share the cotangent evenly. The axes exist.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })) };

    protected override Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep) => b.Map(t => -t[0], b.Reduce(Combine.Max, x, axes, keep, e => -e));
}
