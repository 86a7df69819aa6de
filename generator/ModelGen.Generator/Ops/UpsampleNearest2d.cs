using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class UpsampleNearest2d : Op
{
    public override string Name => "UpsampleNearest2d";

    public override string Summary => "Repeats the nearest pixel: f32[N,C,H,W] → f32[N,C,H',W'].";

    public override string ShortName => "upsample";

    public override OpDoc Doc =>
        new("y[n,c,i,j] = x[n,c,⌊i·H / H'⌋,⌊j·W / W'⌋]", "[N, C, H, W] → [N, C, H', W']", "nearest neighbour", "H' = H·scaleFactor, or size.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = Upsample.Parameters;

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3, 3)), ("scaleFactor", 2)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, 2);
        var size = Upsample.Size(call, x);
        return One(call.Builder.Compute(Spatial.WithSizes(x, Spatial.Channels(x), size), Array.Empty<Axis>(), Combine.None, v =>
            GraphBuilder.Load(x, v[0], v[1], v[2].Times(x.Shape[2].Factor).DividedBy(size[0]), v[3].Times(x.Shape[3].Factor).DividedBy(size[1]))));
    }
}
