using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Variance : ReduceOp
{
    public override string Name => "Variance";

    public override string Summary => "Computes the biased variance of x over axes: mean (x − mean x)².";

    public override OpDoc Doc =>
        new("mean (x - mean x)² over axes", "any → without the axes, or with size 1 for each (keepDims)", "biased variance", "The axes exist.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })) };

    protected override Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep)
    {
        var variance = new Rows(b, x, axes).Moments().Variance;
        return keep ? b.Reshape(variance, Shape.Of(x.Shape.Axes.Select((a, i) => System.Array.IndexOf(axes, i) < 0 ? a : 1))) : variance;
    }
}
