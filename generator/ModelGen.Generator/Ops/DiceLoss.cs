using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class DiceLoss : Op
{
    public override string Name => "DiceLoss";

    public override string Summary => "Computes 1 − 2·Σ x·target / (Σ x + Σ target) over all but the batch axis, averaged over samples: the overlap "
        + "of two sets.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean over samples of 1 - (2·Σ x·target + smooth) / (Σ x + Σ target + smooth)", "[N, …], [N, …] → []",
        "Milletari et al. 2016",
        "x are probabilities. Shapes agree.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the probabilities"),
        OpParameter.Tensor("target", "the set, of the shape of x"),
        OpParameter.Real("smooth", "what is added above and below, so that two empty sets agree", 1),
        LossReduction.Parameter(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0, 1)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0, 1))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor("x"), target = call.Tensor("target");
        if (x.Shape != target.Shape || x.Shape.Rank < 2) throw call.Fail("MG2011",
            $"needs a target of the shape of x, [N,…], got {x.Shape} and {target.Shape}");
        var b = call.Builder;
        var smooth = call.AtLeastZero("smooth");
        Node Sum(Func<Expr, Expr, Expr> term, string word) => b.Compute(Shape.Of(x.Shape[0]), x.Shape.Axes.Skip(1).ToArray(), Combine.Sum, v =>
            term(GraphBuilder.Load(x, v), GraphBuilder.Load(target, v)), Purpose.LossPart(word));
        Node both = Sum((p, q) => p * q, "both"), all = Sum((p, q) => p + q, "all");
        return One(LossReduction.Apply(call, both.Shape, v => 1 - (2 * GraphBuilder.Load(both, v) + smooth) / (GraphBuilder.Load(all, v) + smooth)));
    }
}
