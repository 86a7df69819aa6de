using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class MultiMarginLoss : Op
{
    public override string Name => "MultiMarginLoss";

    public override string Summary => "Computes the mean over samples of Σ max(0, margin − x[label] + x[i])^p / C over the other classes i.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean Σ_{i ≠ label} max(0, margin - x[label] + x[i])^p / C", "[N, C], labels [N] → []",
        "Crammer and Singer 2001; PyTorch's MultiMarginLoss",
        "p is 1 or 2. As many classes as scores.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the scores, f32[N,C]"),
        OpParameter.Labels("labels", "one class index for each sample"),
        OpParameter.Integer("p", "the exponent, 1 or 2", 1),
        OpParameter.Real("margin", "by how much the right class should be ahead", 1),
        LossReduction.Parameter(),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)),
        ("labels", SampleOperand.Labels(3, Axis.Batch))) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("labels", SampleOperand.Labels(3, Axis.Batch)), ("p", 3))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.TensorOfRank("x", 2, "scores [N,C]"), labels = call.Tensor("labels");
        var p = call.Integer("p");
        if (p is not (1 or 2)) throw call.Fail("MG2009", $"needs p of 1 or 2, got {p}");
        if (labels.Type.Element != ElementType.I32 || labels.Shape != Shape.Of(x.Shape[0])) throw call.Fail("MG2010",
            $"needs one label for each sample of {x.Shape}, got {labels.Shape}");
        var margin = call.Real("margin");
        var b = call.Builder;
        Expr IsLabel(AffineIndex[] v) => Expr.Equal(new Expr.IndexOf(v[1]), GraphBuilder.Load(labels, v[0]));
        var right = b.Compute(Shape.Of(x.Shape[0]), new[] { x.Shape[1] }, Combine.Sum, v =>
            Expr.Where(IsLabel(v), GraphBuilder.Load(x, v), 0), Purpose.LossPart("right"));
        var sums = b.Compute(Shape.Of(x.Shape[0]), new[] { x.Shape[1] }, Combine.Sum, v =>
        {
            var behind = Expr.Max(margin - GraphBuilder.Load(right, v[0]) + GraphBuilder.Load(x, v), 0);
            return Expr.Where(IsLabel(v), 0, p == 1 ? behind : behind * behind);
        }, Purpose.LossPart("sums"));
        return One(LossReduction.Apply(call, sums.Shape, v => GraphBuilder.Load(sums, v) / x.Shape[1].Factor));
    }
}
