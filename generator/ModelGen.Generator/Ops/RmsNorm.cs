using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class RmsNorm : Op
{
    public override string Name => "RmsNorm";

    public override string Summary =>
        "Creates a layer that computes y = x / √(mean x² + eps) · weight over the last axes of each sample. Its parameter is <c>weight</c> of their shape.";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override string ShortName => "norm";

    public override OpDoc Doc =>
        new("y = x / √(mean x² + eps) · weight, over the last axes of each sample", "[N, …, normalizedShape…] → same; weight [normalizedShape…]",
        "Zhang and Sennrich 2019, eq. 4", "The normalizedShape is the end of the input's shape; without it the last axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.OptionalIntegers("normalizedShape", "the sizes of the last axes; the last axis alone where null").NotInAttribute(),
        OpParameter.Real("eps", "the number that is added to the mean square inside the root", 1e-6),
        OpParameter.Boolean("affine", "whether a scale is learned", true),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 3))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axes = Normalization.LastAxes(call, x);
        var weight = call.HasParameter("weight", "affine") ? call.Parameter("weight", Shape.Of(axes.Select(a => x.Shape[a])), Initialization.Ones) : null;
        var rows = new Rows(call.Builder, x, axes);
        var inverse = rows.InverseDeviation(rows.Mean(p => Scalars.Square(p.X), "meanSquare"), call.AtLeastZero("eps"));
        return One(rows.Map(p =>
        {
            var y = p.X * p.Row(inverse);
            return weight is null ? y : y * p.Along(weight, axes);
        }));
    }
}
