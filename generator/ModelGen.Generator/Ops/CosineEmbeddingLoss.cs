using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class CosineEmbeddingLoss : Op
{
    public override string Name => "CosineEmbeddingLoss";

    public override string Summary => "Computes the mean of 1 − cos(x, y) where the target is 1 and of max(0, cos(x, y) − margin) where it is −1.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean (target = 1 ? 1 - cos : max(0, cos - margin))", "[N, D], [N, D], [N] → []", "PyTorch's CosineEmbeddingLoss",
        "Targets are 1 and -1, one for each sample: [N], or [N, 1].");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "one vector of each sample, f32[N,D]"),
        OpParameter.Tensor("y", "the other vector, f32[N,D]"),
        OpParameter.Tensor("target", "1 for pairs that belong together, −1 for others; f32[N] or f32[N,1]"),
        OpParameter.Real("margin", "the cosine that others may have", 0),
        LossReduction.Parameter(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1)), ("y", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1)),
            ("target", SampleOperand.Of(Axis.Batch, 1))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.TensorOfRank("x", 2, "vectors [N,D]"), y = call.TensorOfRank("y", 2, "vectors [N,D]"), target = call.Tensor("target");
        if (x.Shape != y.Shape) throw call.Fail("MG2011", $"needs vectors of one shape, got {x.Shape} and {y.Shape}");
        if (target.Shape.Elements != 1 || target.Shape.Rank == 0 || target.Shape[0] != x.Shape[0])
            throw call.Fail("MG2011", $"needs a target for each sample, [{x.Shape[0]}] or [{x.Shape[0]},1], got {target.Shape}");
        var b = call.Builder;
        Node Sum(Func<Expr, Expr, Expr> term) => b.Compute(Shape.Of(x.Shape[0]), new[] { x.Shape[1] }, Combine.Sum, v =>
            term(GraphBuilder.Load(x, v), GraphBuilder.Load(y, v)), Purpose.LossPart("sum"));
        // PyTorch's divisor.
        const double Eps = 1e-12;
        var cosine = b.Map(Purpose.LossPart("cosine"), t => t[0] / Expr.Sqrt((t[1] + Eps) * (t[2] + Eps)), Sum((p, q) => p * q), Sum((p, _) => p * p),
            Sum((_, q) => q * q));
        var own = b.Reshape(target, cosine.Shape);
        var margin = call.Real("margin");
        return One(LossReduction.Apply(call, cosine.Shape, v =>
            Expr.Where(GraphBuilder.Load(own, v) > 0, 1 - GraphBuilder.Load(cosine, v), Expr.Max(GraphBuilder.Load(cosine, v) - margin, 0))));
    }
}
