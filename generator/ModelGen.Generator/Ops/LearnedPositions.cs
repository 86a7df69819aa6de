using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class LearnedPositions : Op
{
    public override string Name => "LearnedPositions";

    public override string Summary => "Creates a layer that computes x + weight[:T] for f32[N,T,D]. Its parameter is <c>weight</c> f32[maxLength,D].";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc =>
        new("y[n,t,d] = x[n,t,d] + weight[t,d]", "[N, T, D] → same; weight [maxLength, D]", "Gehring et al. 2017", "T is at most maxLength.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("maxLength", "the most steps"),
        OpParameter.OptionalInit("init", "how the weight starts", "normal with deviation 1"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 4)), ("maxLength", 8)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.TensorOfRank("x", 3, "features over time [N,T,D]");
        x = call.Builder.NameAxes(x, "n", "t", "d");
        var length = call.Positive("maxLength");
        if (x.Shape[1].Factor > length) throw call.Fail("MG2001", $"has positions up to maxLength {length}, got {x.Shape[1]} steps in {x.Shape}");
        var shape = Shape.Of(x.Shape[1].WithSize(length), x.Shape[2]);
        var weight = call.Parameter("weight", shape, call.Start("init", new("Normal", Value: 1), shape));
        return One(call.Builder.Compute(x.Shape, Array.Empty<Axis>(), Combine.None, v => GraphBuilder.Load(x, v) + GraphBuilder.Load(weight, v[1], v[2])));
    }
}
