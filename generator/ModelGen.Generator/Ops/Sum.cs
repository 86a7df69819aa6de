using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Sum : ReduceOp
{
    public override string Name => "Sum";

    public override string Summary => "Computes Σ x over axes.";

    public override OpDoc Doc =>
        new("Σ x over axes", "any → without the axes, or with size 1 for each (keepDims)", "sum",
        "The axes exist; without axes all, the batch axis among them.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })) };

    protected override Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep) => b.Reduce(Combine.Sum, x, axes, keep);
}
