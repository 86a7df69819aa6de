using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Norm : ReduceOp
{
    public override string Name => "Norm";

    public override string Summary => "Computes the p-norm of x over axes: the Euclidean length unless <paramref name=\"p\"/> says otherwise.";

    public override OpDoc Doc => new("(Σ |x|^p)^(1/p) over axes", "any → without the axes, or with size 1 for each (keepDims)", "torch.linalg.vector_norm",
        "p = ∞ is the greatest |x|, 1 the sum, 0 the number of elements that are not 0. At 0 the derivative is 0.");

    public override IReadOnlyList<OpParameter> Parameters => base.Parameters.Append(OpParameter.Real("p", "the exponent, at least 0", 2)).ToArray();

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })),
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 4).Within(0.2, 1)), ("axes", new[] { 1 }), ("p", 3.0)),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("p", -1.0))) };

    protected override Node Reduce(OpCall call, Node x, int[] axes, bool keep)
    {
        var b = call.Builder;
        var p = call.AtLeastZero("p");
        return p switch
        {
            0 => b.Reduce(Combine.Sum, x, axes, keep, e => Expr.Where(Expr.Equal(e, 0), 0, 1)),
            1 => b.Reduce(Combine.Sum, x, axes, keep, Expr.Abs),
            2 => Length(b, x, axes, keep),
            double.PositiveInfinity => b.Reduce(Combine.Max, x, axes, keep, Expr.Abs),
            _ => b.Map(s => Expr.Where(s[0] > 0, Expr.Pow(s[0], 1 / p), 0), b.Reduce(Combine.Sum, x, axes, keep, e => Expr.Pow(Expr.Abs(e), p))),
        };
    }

    /// <summary>√Σ x², with derivative 0 at 0.</summary>
    internal static Node Length(GraphBuilder b, Node x, int[] axes, bool keep) =>
        b.Map(s => Expr.Where(s[0] > 0, Expr.Sqrt(s[0]), 0), b.Reduce(Combine.Sum, x, axes, keep, e => e * e));
}
