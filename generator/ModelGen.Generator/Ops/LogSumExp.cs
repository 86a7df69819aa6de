using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class LogSumExp : ReduceOp
{
    public override string Name => "LogSumExp";

    public override string Summary => "Computes log Σ e^x over axes, without overflow.";

    public override OpDoc Doc =>
        new("log Σ e^x over axes", "any → without the axes, or with size 1 for each (keepDims)", "torch.logsumexp", "The maximum is subtracted first.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })) };

    protected override Node Reduce(GraphBuilder b, Node x, int[] axes, bool keep)
    {
        var (max, logSum) = new Rows(b, x, axes).LogSum(Role.Statistic);
        var result = b.Map(t => Expr.StopGradient(t[0]) + t[1], max, logSum);
        return Kept(b, result, x, axes, keep);
    }
}
