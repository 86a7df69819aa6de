using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class GaussianNllLoss : Op
{
    public override string Name => "GaussianNllLoss";

    public override string Summary => "Computes the mean of (log var + (x − target)² / var) / 2: the negative log-likelihood of a normal distribution "
        + "with mean x.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean (log max(var, eps) + (x - target)² / max(var, eps)) / 2", "[N, …], [N, …], broadcasts → []",
        "Nix and Weigend 1994; PyTorch's GaussianNLLLoss",
        "x and target agree; var broadcasts to them. With full, log 2π / 2 is added. The bound on var is a constant to differentiation.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the means"),
        OpParameter.Tensor("target", "of the shape of x"),
        OpParameter.Tensor("var", "the variances, above 0"),
        OpParameter.Boolean("full", "whether the constant log 2π / 2 is added", false),
        OpParameter.Real("eps", "the least variance", 1e-6),
        LossReduction.Parameter(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3)),
            ("var", SampleOperand.Of(Axis.Batch, 3).Within(0.5, 2))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor("x"), target = call.Tensor("target"), variance = call.Tensor("var");
        if (x.Shape != target.Shape) throw call.Fail("MG2011", $"needs a target of the shape of x, got {x.Shape} and {target.Shape}");
        if (GraphBuilder.Broadcast(x.Shape, variance.Shape) != x.Shape) throw call.Fail("MG2001",
            $"needs a var that broadcasts to {x.Shape}, got {variance.Shape}");
        double eps = call.AtLeastZero("eps"), constant = call.Boolean("full") ? 0.5 * Math.Log(2 * Math.PI) : 0;
        return One(LossReduction.Apply(call, x.Shape, v =>
        {
            Expr own = GraphBuilder.LoadBroadcast(variance, v, v.Length), error = GraphBuilder.Load(x, v) - GraphBuilder.Load(target, v);
            // PyTorch clamps without a gradient: below the bound the derivative is that at the bound.
            var bounded = own + Expr.StopGradient(Expr.Max(own, eps) - own);
            return 0.5 * (Expr.Log(bounded) + error * error / bounded) + constant;
        }));
    }
}
