using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class FixedConv2d : Op
{
    public override string Name => "FixedConv2d";

    public override string Summary =>
        "Filters each channel with a kernel that is written in the source (see <see cref=\"Kernels\"/>); it is no parameter and is not trained.";

    public override OpDoc Doc => new("y[n,c,s] = Σ_k x[n,c,s·stride - padding + k] · weights[k], each channel by itself", "[N, C, H, W] → [N, C, H', W']",
        "image filters", "The kernel is written in the source and is no parameter: nothing trains it. One weight for each element of the kernel. The kernel "
            + "fits the padded input.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Reals("weights", "the weights row by row, one for each element of the kernel"),
        OpParameter.Size2("kernel", "the sizes of the kernel; square where null", optional: true),
        OpParameter.Size2("stride", "the step of the window", 1),
        OpParameter.Size2("padding", "the zeros on each side", 0),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 6, 6)), ("weights", new[] { -1.0, 0, 1, -2, 0, 2, -1, 0, 1 }), ("padding", 1)),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, 2);
        var weights = call.Reals("weights");
        var kernel = call.Sizes("kernel", 2) ?? Square(call, weights.Length);
        if ((long)kernel[0] * kernel[1] != weights.Length)
            throw call.Fail("MG2006",
                $"needs one weight for each element of the kernel: {kernel[0]}*{kernel[1]} = {(long)kernel[0] * kernel[1]}, got {weights.Length}");
        var window = Window.Of(call, 2, kernel: kernel);
        var constant = call.Builder.Constant(Shape.Of(AxisNames.Window(kernel)), weights, "kernel");
        return One(call.Builder.Compute(Spatial.WithSizes(x, Spatial.Channels(x), window.Output(call, Spatial.Sizes(x))), constant.Shape.Axes, Combine.Sum, v =>
            GraphBuilder.Load(x, v[0], v[1], window.Read(0, v[2], v[4]), window.Read(1, v[3], v[5])) * GraphBuilder.Load(constant, v[4], v[5])));
    }

    private static int[] Square(OpCall call, int count)
    {
        var side = (int)Math.Round(Math.Sqrt(count));
        return side * side == count ? new[] { side, side } : throw call.Fail("MG2006", $"cannot take {count} weights as a square kernel; give kernel");
    }
}
