using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class InstanceNorm : Op
{
    public override string Name => "InstanceNorm";

    public override string Summary =>
        "Creates a layer that normalises over the positions of each channel of each sample of f32[N,C,…]. Its parameters are <c>weight</c> and "
        + "<c>bias</c> f32[C].";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override string ShortName => "norm";

    public override OpDoc Doc =>
        new("y = (x - μ) / √(σ² + eps) · weight + bias, over the positions of each channel of each sample", "[N, C, …] → same; weight, bias [C]",
        "Ulyanov, Vedaldi and Lempitsky 2016, eq. 4", "Biased variance; no running statistics.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("eps", "the number that is added to the variance inside the root", 1e-5),
        OpParameter.Boolean("affine", "whether a scale and a shift are learned", false),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 5)), ("affine", true)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        if (x.Shape.Rank < 3) throw call.Fail("MG2002", $"expects channels with positions [N,C,L,…], got {x.Shape}");
        var channels = Shape.Of(x.Shape[1].Or("c"));
        var affine = call.HasParameter("weight", "affine");
        var weight = affine ? call.Parameter("weight", channels, Initialization.Ones) : null;
        var bias = call.HasParameter("bias", "affine") ? call.Parameter("bias", channels, Initialization.Zeros) : null;
        var rows = new Rows(call.Builder, x, Enumerable.Range(2, x.Shape.Rank - 2).ToArray());
        var (mean, variance) = rows.Moments();
        return One(Normalization.Apply(rows, mean, rows.InverseDeviation(variance, call.AtLeastZero("eps")), weight, bias, 1));
    }
}
