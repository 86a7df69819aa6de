using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class PixelShuffle : Op
{
    public override string Name => "PixelShuffle";

    public override string Summary => "Rearranges channels into pixels: f32[N,C·r²,H,W] → f32[N,C,H·r,W·r].";

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc =>
        new("y[n,c,h·r+i,w·r+j] = x[n,c·r²+i·r+j,h,w]", "[N, C·r², H, W] → [N, C, H·r, W·r]", "Shi et al. 2016, eq. 4", "r² divides the channels.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("upscaleFactor", "r, the factor of the height and the width"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 8, 3, 3)), ("upscaleFactor", 2)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, 2);
        var r = call.Positive("upscaleFactor");
        var channels = x.Shape[1].Factor;
        var square = (long)r * r;
        if (channels % square != 0) throw call.Fail("MG2005",
            $"needs channels that {r}*{r} = {square} divides, got {channels} in {x.Shape} (leaves {channels % square})");
        var b = call.Builder;
        Axis n = x.Shape[0], c = new("c", (int)(channels / square)), h = x.Shape[2], w = x.Shape[3], ky = new("ky", r), kx = new("kx", r);
        var split = b.Reshape(x, Shape.Of(n, c, ky, kx, h, w));
        var moved = b.Compute(Shape.Of(n, c, h, ky, w, kx), Array.Empty<Axis>(), Combine.None, v =>
            GraphBuilder.Load(split, v[0], v[1], v[3], v[5], v[2], v[4]),
            Purpose.Part("moved"));
        return One(b.Reshape(moved,
            Shape.Of(n, c, h.WithSize(call.Size((long)h.Factor * r, $"a height of {h.Factor}*{r}")),
                w.WithSize(call.Size((long)w.Factor * r, $"a width of {w.Factor}*{r}")))));
    }
}
