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

    public override OpDoc Doc => new("y[n,c,s] = Σ_k x[n,c,s·stride - padding + k] / count", "[N, C, L…] → [N, C, (L + 2·padding - kernel) / stride + 1, …]",
        "average pooling", "pool_c1: padding is at most half the kernel. The count is the kernel's size, or without countIncludePad the elements inside the input.");

    public override IReadOnlyList<OpParameter> Parameters => base.Parameters.Append(OpParameter.Boolean("countIncludePad", true)).ToArray();

    protected override Node Pool(OpCall call, Node x, Window window, Shape output)
    {
        var b = call.Builder;
        var sum = Combined(b, Combine.Sum, 0, x, window, output);
        var includes = call.Boolean("countIncludePad");
        return b.Compute(output, Array.Empty<Axis>(), Combine.None, v =>
        {
            Expr count = 1;
            for (var d = 0; d < Rank; d++)
            {
                if (includes || window.Padding[d] == 0)
                {
                    count *= window.Kernel[d];
                    continue;
                }
                var first = new Expr.IndexOf(window.Read(d, v[2 + d], AffineIndex.Constant(v.Length, 0)));
                count *= Expr.Min(first + window.Kernel[d], x.Shape[2 + d].Factor) - Expr.Max(first, 0);
            }
            return GraphBuilder.Load(sum, v) / count;
        });
    }
}
