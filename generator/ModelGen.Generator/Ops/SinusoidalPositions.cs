using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class SinusoidalPositions : Op
{
    public override string Name => "SinusoidalPositions";

    public override string Summary => "Computes x + P with P[t,2i] = sin(t / 10000^(2i/D)) and P[t,2i+1] = cos of the same, for f32[N,T,D].";

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc =>
        new("x + P; P[t,2i] = sin(t / 10000^(2i/D)), P[t,2i+1] = cos of the same", "[N, T, D] → same", "Vaswani et al. 2017, section 3.5", "D is even.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x") };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 4))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.TensorOfRank("x", 3, "features over time [N,T,D]");
        x = call.Builder.NameAxes(x, "n", "t", "d");
        Axis time = x.Shape[1], features = x.Shape[2];
        if (features.Factor % 2 != 0) throw call.Fail("MG2009", $"needs an even number of features, got {features} in {x.Shape}");
        var b = call.Builder;
        var table = b.Compute(Shape.Of(time, new Axis("p", features.Factor / 2), new Axis("s", 2)), Array.Empty<Axis>(), Combine.None, v =>
        {
            var angle = Positions.Angle(v[0], v[1], features.Factor, 10000);
            return Expr.Where(Expr.Equal(new Expr.IndexOf(v[2]), 0), Simplify.Unary(UnaryKind.Sin, angle), Simplify.Unary(UnaryKind.Cos, angle));
        }, Purpose.Part("positions"));
        return One(b.Map(t => t[0] + t[1], x, b.Reshape(table, Shape.Of(time, features))));
    }
}
