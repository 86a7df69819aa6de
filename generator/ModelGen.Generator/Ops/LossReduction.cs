using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>The argument "reduction" of losses: mean, sum, none, batchmean (the sum over the number of samples).</summary>
internal static class LossReduction
{
    /// <summary>The parameter of a loss.</summary>
    /// <param name="more">What the values are besides "mean", "sum" and "none", or what they do.</param>
    public static OpParameter Parameter(string more = "") =>
        OpParameter.Text("reduction", "the reduction: \"mean\", \"sum\" or \"none\"" + more, "mean") with
        {
            // A network that is a list of attributes trains by its loss, which is one number.
            AboutInAttribute = "the reduction: \"mean\" or \"sum\"" + more,
        };

    /// <summary>The loss of an element for each element of <paramref name="shape"/>, reduced.</summary>
    public static Node Apply(OpCall call, Shape shape, Func<AffineIndex[], Expr> element)
    {
        var b = call.Builder;
        var kind = Of(call);
        if (kind == "none") return b.Compute(shape, Array.Empty<Axis>(), Combine.None, element);
        var sum = b.Compute(Shape.Scalar, shape.Axes, Combine.Sum, element, Purpose.LossPart("sum"));
        return kind == "sum" ? sum : b.Map(t => t[0] / GraphBuilder.CountOf(kind == "mean" ? shape.Axes : shape.Axes.Take(1)), sum);
    }

    public static string Of(OpCall call)
    {
        var kind = call.Text("reduction");
        return kind is "mean" or "sum" or "none" or "batchmean" ? kind
            : throw call.Fail("MG2009", $"needs a reduction of \"mean\", \"sum\", \"none\" or \"batchmean\", got \"{kind}\"");
    }
}
