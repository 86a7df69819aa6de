using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Rotary : Op
{
    public override string Name => "Rotary";

    public override string Summary => "Rotates pair i of the features at time t by the angle t·base^(−2i/D): f32[N,…,T,D].";

    public override OpDoc Doc => new("rotates pair i of the features at time t by the angle t · base^(-2i/d)", "[N, …, T, D] → same", "Su et al. 2021, eq. 34",
        "Pairs: style \"half\" (i, i + D/2), \"interleaved\" (2i, 2i + 1). D is even.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Text("style", "the pairs: \"half\" has features i and i + D/2, \"interleaved\" 2i and 2i + 1", "half"),
        OpParameter.Real("base", "the base of the angles' geometric progression", 10000),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 4))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var style = call.Text("style");
        if (style is not ("half" or "interleaved")) throw call.Fail("MG2009", $"needs a style of \"half\" or \"interleaved\", got \"{style}\"");
        if (x.Shape.Rank < 3) throw call.Fail("MG2002", $"expects features over time [N,…,T,D], got {x.Shape}");
        var rank = x.Shape.Rank;
        var time = x.Shape[rank - 2].Or("t");
        int features = x.Shape[rank - 1].Factor;
        if (features % 2 != 0) throw call.Fail("MG2009", $"needs an even number of features to pair, got {features} in {x.Shape}");
        var b = call.Builder;
        Axis pairs = new("p", features / 2);
        // The features as [2, D/2] or [D/2, 2]: the partner of a feature is then at 1 - s on the axis of size 2.
        var half = style == "half";
        int pair = half ? rank : rank - 1, side = half ? rank - 1 : rank;
        var split = b.Reshape(x, Shape.Of(x.Shape.Axes.Take(rank - 1).Concat(half ? new Axis[] { new("s", 2), pairs } : new Axis[] { pairs, new("s", 2) })));
        Node Table(UnaryKind function) => b.Compute(Shape.Of(time, pairs), Array.Empty<Axis>(), Combine.None, v =>
            Simplify.Unary(function, Positions.Angle(v[0], v[1], features, call.Real("base"))),
            Purpose.Part(function == UnaryKind.Cos ? "cos" : "sin"));
        Node cos = Table(UnaryKind.Cos), sin = Table(UnaryKind.Sin);
        var y = b.Compute(split.Shape, Array.Empty<Axis>(), Combine.None, v =>
        {
            var partner = v.ToArray();
            partner[side] = AffineIndex.Variable(v.Length, side, -1, 1);
            // p cos - q sin on side 0, q cos + p sin on side 1.
            var sign = 2 * (Expr)new Expr.IndexOf(v[side]) - 1;
            return GraphBuilder.Load(split, v) * GraphBuilder.Load(cos, v[rank - 2], v[pair])
                + sign * GraphBuilder.Load(split, partner) * GraphBuilder.Load(sin, v[rank - 2], v[pair]);
        });
        return One(b.Reshape(y, x.Shape));
    }
}
