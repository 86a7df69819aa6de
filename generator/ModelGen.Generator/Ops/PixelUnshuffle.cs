using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class PixelUnshuffle : Op
{
    public override string Name => "PixelUnshuffle";

    public override string Summary => "Rearranges pixels into channels: f32[N,C,H·r,W·r] → f32[N,C·r²,H,W].";

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y[n,c·r²+i·r+j,h,w] = x[n,c,h·r+i,w·r+j]", "[N, C, H·r, W·r] → [N, C·r², H, W]", "the inverse of PixelShuffle",
        "r divides height and width.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("downscaleFactor", "r, the divisor of the height and the width"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 4, 6)), ("downscaleFactor", 2)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2006", new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 4, 5)), ("downscaleFactor", 2))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, 2);
        var r = call.Positive("downscaleFactor");
        Axis n = x.Shape[0], c = x.Shape[1], h = x.Shape[2], w = x.Shape[3];
        if (h.Factor % r != 0 || w.Factor % r != 0) throw call.Fail("MG2006", $"needs a height and a width that {r} divides, got {x.Shape}");
        var b = call.Builder;
        Axis ky = new("ky", r), kx = new("kx", r), rows = h.WithSize(h.Factor / r), columns = w.WithSize(w.Factor / r);
        var split = b.Reshape(x, Shape.Of(n, c, rows, ky, columns, kx));
        var moved = b.Compute(Shape.Of(n, c, ky, kx, rows, columns), Array.Empty<Axis>(), Combine.None, v =>
            GraphBuilder.Load(split, v[0], v[1], v[4], v[2], v[5], v[3]), Purpose.Part("moved"));
        return One(b.Reshape(moved, Shape.Of(n, c.WithSize(call.Size((long)c.Factor * r * r, $"channels of {c.Factor}*{r}*{r}")), rows, columns)));
    }
}
