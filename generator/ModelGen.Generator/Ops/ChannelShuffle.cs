using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class ChannelShuffle : Op
{
    public override string Name => "ChannelShuffle";

    public override string Summary => "Deals the channels of each group out to all groups: f32[N,g·C,…] seen as [N,g,C,…] becomes [N,C,g,…].";

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y[n,k·groups + g,…] = x[n,g·(C / groups) + k,…]", "[N, C, …] → same", "Zhang et al. 2018 (ShuffleNet)",
        "groups divides the channels.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("groups", "the number of groups"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 6, 2, 2)), ("groups", 2)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2005", new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 2, 2)), ("groups", 2))),
        ("MG2002", new OpSample(("x", SampleOperand.Of(5)), ("groups", 5))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var groups = call.Positive("groups");
        if (x.Shape.Rank < 2) throw call.Fail("MG2002", $"expects channels [N,C,…], got {x.Shape}");
        var channels = x.Shape[1].Factor;
        if (channels % groups != 0) throw call.Fail("MG2005", $"needs channels that {groups} groups divide, got {channels} (leaves {channels % groups})");
        var b = call.Builder;
        Axis group = new("g", groups), own = x.Shape[1].WithSize(channels / groups);
        var rest = x.Shape.Axes.Skip(2);
        var split = b.Reshape(x, Shape.Of(new[] { x.Shape[0], group, own }.Concat(rest)));
        var moved = b.Compute(Shape.Of(new[] { x.Shape[0], own, group }.Concat(rest)), Array.Empty<Axis>(), Combine.None, v =>
            GraphBuilder.Load(split, new[] { v[0], v[2], v[1] }.Concat(v.Skip(3)).ToArray()), Purpose.Part("moved"));
        return One(b.Reshape(moved, x.Shape));
    }
}
