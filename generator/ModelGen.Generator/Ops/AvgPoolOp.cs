using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Average pooling over <c>rank</c> spatial axes.</summary>
internal abstract class AvgPoolOp : PoolOp
{
    protected AvgPoolOp(int rank) : base(rank)
    {
    }

    public override string Name => $"AvgPool{Rank}d";

    public override string Summary => $"Returns the mean of each window of {Spatial.Type(Rank)}. The size rule is that of <see cref=\"Conv{Rank}d\"/>.";

    public override OpDoc Doc => new("y[n,c,s] = Σ_k x[n,c,s·stride - padding + k] / count", Shapes,
        "average pooling", Constraints
            + " The count is that of the window's elements inside the padded input, or without countIncludePad inside the input; divisorOverride takes "
                + "its place.");

    public override IReadOnlyList<OpParameter> Parameters => OfWindow.Concat(new[]
    {
        OpParameter.Boolean("countIncludePad", "whether the padding counts in the divisor", true),
        CeilMode,
        OpParameter.OptionalInteger("divisorOverride", "the number that sums are divided by, in place of the number of elements"),
    }).ToArray();

    protected override Node Pool(OpCall call, Node x, Window window, Shape output)
    {
        var b = call.Builder;
        var sum = Combined(b, Combine.Sum, 0, x, window, output, Purpose.Product);
        var includes = call.Boolean("countIncludePad");
        int? divisor = call.Has("divisorOverride") ? call.Positive("divisorOverride") : null;
        return b.Compute(output, Array.Empty<Axis>(), Combine.None, v =>
        {
            if (divisor is { } given) return GraphBuilder.Load(sum, v) / given;
            Expr count = 1;
            for (var d = 0; d < Rank; d++)
            {
                // What counts of the axis: positions from -before to end.
                var before = includes ? window.Padding[d] : 0;
                var end = (long)x.Shape[2 + d].Factor + before;
                var last = (output[2 + d].Factor - 1L) * window.Stride[d] - window.Padding[d] + window.Kernel[d];
                if (before == window.Padding[d] && last <= end)
                {
                    count *= window.Kernel[d];
                    continue;
                }
                Expr first = new Expr.IndexOf(window.Read(d, v[2 + d], AffineIndex.Constant(v.Length, 0)));
                count *= Expr.Min(first + window.Kernel[d], end) - (before == window.Padding[d] ? first : Expr.Max(first, 0));
            }
            return GraphBuilder.Load(sum, v) / count;
        });
    }
}
