using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class LayerNorm : Op
{
    public override string Name => "LayerNorm";

    public override string Summary =>
        "Creates a layer that computes y = (x − μ) / √(σ² + eps) · weight + bias over the last axes of each sample. Its parameters are <c>weight</c> and "
        + "<c>bias</c> of their shape.";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override string ShortName => "norm";

    public override OpDoc Doc =>
        new("y = (x - μ) / √(σ² + eps) · weight + bias, over the last axes of each sample", "[N, …, normalizedShape…] → same; weight, bias [normalizedShape…]",
        "Ba, Kiros and Hinton 2016, eq. 4", "Biased variance. The normalizedShape is the end of the input's shape; without it the last axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.OptionalIntegers("normalizedShape", "the sizes of the last axes; the last axis alone where null").NotInAttribute(),
        OpParameter.Real("eps", "the number that is added to the variance inside the root", 1e-5),
        OpParameter.Boolean("affine", "whether a scale and a shift are learned", true),
        OpParameter.Boolean("bias", "whether there is a shift", true),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 3))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axes = Normalization.LastAxes(call, x);
        var shape = Shape.Of(axes.Select(a => x.Shape[a]));
        var affine = call.HasParameter("weight", "affine");
        var weight = affine ? call.Parameter("weight", shape, Initialization.Ones) : null;
        var bias = affine && call.HasParameter("bias", "bias") ? call.Parameter("bias", shape, Initialization.Zeros) : null;
        var rows = new Rows(call.Builder, x, axes);
        var (mean, variance) = rows.Moments();
        return One(Normalization.Apply(rows, mean, rows.InverseDeviation(variance, call.AtLeastZero("eps")), weight, bias, axes));
    }
}
