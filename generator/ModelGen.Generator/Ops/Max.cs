using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Max : ReduceOp
{
    public override string Name => "Max";

    public override string Summary => "Returns the maximum of x over axes; equal greatest elements share the derivative evenly.";

    public override OpDoc Doc =>
        new("max x over axes", "any → without the axes, or with size 1 for each (keepDims)", "maximum",
        "Equal greatest elements share the cotangent evenly. The axes exist.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })) };

    protected override Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep) => b.Reduce(Combine.Max, x, axes, keep);
}
