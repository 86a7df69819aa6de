using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class GroupNorm : Op
{
    public override string Name => "GroupNorm";

    public override string Summary =>
        "Creates a layer that normalises over the channels of a group and all positions of each sample of f32[N,C,…]. Its parameters are <c>weight</c> "
        + "and <c>bias</c> f32[C].";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override string ShortName => "norm";

    public override OpDoc Doc =>
        new("y = (x - μ) / √(σ² + eps) · weight + bias, over the channels of a group and all positions of each sample", "[N, C, …] → same; weight, bias [C]",
        "Wu and He 2018, eq. 7", "Biased variance. Groups divide the channels.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("groups", "the number of groups; divides the channels"),
        OpParameter.Real("eps", "the number that is added to the variance inside the root", 1e-5),
        OpParameter.Boolean("affine", "whether a scale and a shift are learned", true),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 4, 5)), ("groups", 2)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        if (x.Shape.Rank < 2) throw call.Fail("MG2002", $"expects channels [N,C,…], got {x.Shape}");
        int channels = x.Shape[1].Factor, groups = call.Positive("groups");
        if (channels % groups != 0) throw call.Fail("MG2005",
            $"needs groups that divide the channels: {channels} channels / {groups} groups leaves {channels % groups}");
        var b = call.Builder;
        var affine = call.HasParameter("weight", "affine");
        var all = x.Shape[1].Or("c");
        var weight = affine ? call.Parameter("weight", Shape.Of(all), Initialization.Ones) : null;
        var bias = call.HasParameter("bias", "affine") ? call.Parameter("bias", Shape.Of(all), Initialization.Zeros) : null;
        // The channels as [groups, channels of a group]: each group of each sample is a row.
        var split = Shape.Of(new Axis("g", groups), new Axis("c", channels / groups));
        var grouped = b.Reshape(x, Shape.Of(new[] { x.Shape[0] }.Concat(split.Axes).Concat(x.Shape.Axes.Skip(2))));
        var rows = new Rows(b, grouped, Enumerable.Range(2, grouped.Shape.Rank - 2).ToArray());
        var (mean, variance) = rows.Moments();
        var y = Normalization.Apply(rows, mean, rows.InverseDeviation(variance, call.AtLeastZero("eps")),
            weight is null ? null : b.Reshape(weight, split), bias is null ? null : b.Reshape(bias, split), 1, 2);
        return One(b.Reshape(y, x.Shape));
    }
}
