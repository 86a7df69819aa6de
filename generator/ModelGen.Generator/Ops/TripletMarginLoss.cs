using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class TripletMarginLoss : Op
{
    public override string Name => "TripletMarginLoss";

    public override string Summary =>
        "Computes the mean of max(0, d(anchor, positive) − d(anchor, negative) + margin): the positive should lie nearer to the anchor than the negative.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean max(0, d(a, p) - d(a, n) + margin), d(x, y) = (Σ |x - y + eps|^p)^(1/p)", "[N, D], [N, D], [N, D] → []",
        "Balntas et al. 2016; PyTorch's TripletMarginLoss", "Shapes agree. With swap the negative's distance is the smaller of those from anchor and "
            + "positive.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("anchor", "f32[N,D]"),
        OpParameter.Tensor("positive", "what belongs to the anchor, f32[N,D]"),
        OpParameter.Tensor("negative", "what does not, f32[N,D]"),
        OpParameter.Real("margin", "by how much it should be nearer", 1),
        OpParameter.Real("p", "the exponent of the distance, at least 1", 2),
        OpParameter.Real("eps", "what is added to each difference", 1e-6),
        OpParameter.Boolean("swap", "whether the negative's distance is the smaller of those from anchor and positive", false),
        LossReduction.Parameter(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("anchor", SampleOperand.Of(Axis.Batch, 3)), ("positive", SampleOperand.Of(Axis.Batch, 3)), ("negative", SampleOperand.Of(Axis.Batch, 3))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node anchor = call.TensorOfRank("anchor", 2, "vectors [N,D]"), positive = call.Tensor("positive"), negative = call.Tensor("negative");
        if (anchor.Shape != positive.Shape || anchor.Shape != negative.Shape)
            throw call.Fail("MG2011", $"needs vectors of one shape, got {anchor.Shape}, {positive.Shape} and {negative.Shape}");
        double p = call.Real("p"), eps = call.AtLeastZero("eps"), margin = call.Real("margin");
        if (p < 1) throw call.Fail("MG2009", $"needs p of at least 1, got {call.Number(p)}");
        var b = call.Builder;
        Node Distance(Node x, Node y) => b.Map(Purpose.LossPart("distance"), t =>
            Root(t[0], p), b.Compute(Shape.Of(x.Shape[0]), new[] { x.Shape[1] }, Combine.Sum, v =>
            Power(GraphBuilder.Load(x, v) - GraphBuilder.Load(y, v) + eps, p), Purpose.LossPart("powers")));
        Node near = Distance(anchor, positive), far = Distance(anchor, negative);
        if (call.Boolean("swap")) far = b.Map(Purpose.LossPart("nearest"), t => Expr.Min(t[0], t[1]), far, Distance(positive, negative));
        return One(LossReduction.Apply(call, near.Shape, v => Expr.Max(GraphBuilder.Load(near, v) - GraphBuilder.Load(far, v) + margin, 0)));
    }

    private static Expr Power(Expr x, double p) => p == 2 ? x * x : p == 1 ? Expr.Abs(x) : Expr.Pow(Expr.Abs(x), p);

    private static Expr Root(Expr x, double p) => p == 1 ? x : Expr.Where(x > 0, p == 2 ? Expr.Sqrt(x) : Expr.Pow(x, 1 / p), 0);
}
