using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Std : ReduceOp
{
    public override string Name => "Std";

    public override string Summary => "Computes the standard deviation of x over axes, with the correction of Bessel unless it says otherwise.";

    public override OpDoc Doc => new("√(Σ (x - mean x)² / (n - correction)) over axes", "any → without the axes, or with size 1 for each (keepDims)",
        "torch.std",
        "There are more elements than the correction. At 0 the derivative is 0.");

    public override IReadOnlyList<OpParameter> Parameters =>
        base.Parameters.Append(OpParameter.Integer("correction", "what is taken from the number of elements: 1 gives the unbiased variance, 0 the biased one",
            1)).ToArray();

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 2 })) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 1)), ("axes", new[] { 1 }))),
    };

    protected override Node Reduce(OpCall call, Node x, int[] axes, bool keep)
    {
        var correction = call.Integer("correction");
        var rows = new Rows(call.Builder, x, axes);
        if (rows.Count is Expr.Const count && count.Value <= correction)
            throw call.Fail("MG2009", $"needs more than {correction} elements along axes [{string.Join(",", axes)}] of {x.Shape}, there are {count.Value}");
        var deviation = call.Builder.Map(t => Expr.Where(t[0] > 0, Expr.Sqrt(t[0] * (rows.Count / (rows.Count - correction))), 0), rows.Moments().Variance);
        return Kept(call.Builder, deviation, x, axes, keep);
    }
}
