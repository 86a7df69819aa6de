using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Mean : ReduceOp
{
    public override string Name => "Mean";

    public override string Summary => "Computes the mean of x over axes.";

    public override OpDoc Doc =>
        new("mean of x over axes", "any → without the axes, or with size 1 for each (keepDims)", "arithmetic mean",
        "The axes exist; without axes all, the batch axis among them.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })) };

    protected override Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep) => b.Mean(x, axes, keep);
}
