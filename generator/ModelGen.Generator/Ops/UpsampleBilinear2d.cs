using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class UpsampleBilinear2d : Op
{
    public override string Name => "UpsampleBilinear2d";

    public override string Summary => "Interpolates linearly along both axes: f32[N,C,H,W] → f32[N,C,H',W'].";

    public override string ShortName => "upsample";

    public override OpDoc Doc =>
        new("linear interpolation along both axes at the source position of each output", "[N, C, H, W] → [N, C, H', W']", "bilinear interpolation",
        "Source of i: (i + 1/2)·H / H' - 1/2, cut to [0, H - 1]; with alignCorners i·(H - 1) / (H' - 1).");

    public override IReadOnlyList<OpParameter> Parameters { get; } =
        Upsample.Parameters.Append(OpParameter.Boolean("alignCorners", "whether the corner pixels of input and output fall together", false)).ToArray();

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3, 3)), ("scaleFactor", 2)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, 2);
        var size = Upsample.Size(call, x);
        var align = call.Boolean("alignCorners");
        return One(call.Builder.Compute(Spatial.WithSizes(x, Spatial.Channels(x), size), AxisNames.Window(new[] { 2, 2 }), Combine.Sum, v =>
        {
            // Two taps along each axis: v4 and v5.
            var (row, rowWeight) = Tap(v[2], v[4], x.Shape[2].Factor, size[0], align);
            var (column, columnWeight) = Tap(v[3], v[5], x.Shape[3].Factor, size[1], align);
            return rowWeight * columnWeight * GraphBuilder.Load(x, v[0], v[1], row, column);
        }));
    }

    // The source position is numerator / denominator; tap t reads ⌊position⌋ + t with weight 1 - |position - that|. Beyond the last element
    // the read gives 0, and its weight is 0 where the position is cut to it.
    private static (AffineIndex Position, Expr Weight) Tap(AffineIndex o, AffineIndex tap, int input, int output, bool align)
    {
        if (align && output == 1) return (tap, 1 - (Expr)new Expr.IndexOf(tap));
        var denominator = align ? output - 1 : 2 * output;
        var numerator = align ? o.Times(input - 1) : o.Times(2 * input).Plus(AffineIndex.Constant(o.Rank, input - output));
        var position = numerator.Plus(tap.Times(denominator)).DividedBy(denominator);
        Expr source = new Expr.IndexOf(numerator);
        if (!align) source = Expr.Min(Expr.Max(source, 0), (double)denominator * (input - 1));
        var distance = Expr.Abs(source - denominator * (Expr)new Expr.IndexOf(position)) / denominator;
        return (position, Expr.Max(1 - distance, 0));
    }
}
