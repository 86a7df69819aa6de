using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class PRelu : Op
{
    public override string Name => "PRelu";

    public override string Summary => "Creates a layer that computes x for x &gt; 0, otherwise weight · x. Its parameter is <c>weight</c> f32[parameters].";

    public override bool IsLayer => true;

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("x > 0 ? x : weight · x", "[N, C, …] → same; weight [1] or [C]", "He et al. 2015",
        "One slope, or one for each channel (axis 1). Derivative weight at 0.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("parameters", "the number of slopes: 1, or one for each channel (axis 1)", 1),
        OpParameter.Real("init", "the slope at the start", 0.25),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 5)), ("parameters", 3)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var count = call.SizeOfWeight("parameters", 0, 1);
        if (count > 1 && (x.Shape.Rank < 2 || x.Shape[1] != count))
            throw call.Fail("MG2001", $"needs one slope or one for each channel of {x.Shape}, got {count}");
        var weight = call.Parameter("weight", Shape.Of(new Axis("c", count)), new Initialization("Constant", Value: call.Real("init")));
        return One(call.Builder.Compute(x.Shape, Array.Empty<Axis>(), Combine.None, v =>
        {
            Expr value = GraphBuilder.Load(x, v);
            return Expr.Where(value > 0, value, GraphBuilder.Load(weight, count == 1 ? AffineIndex.Constant(v.Length, 0) : v[1]) * value);
        }));
    }
}
