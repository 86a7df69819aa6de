using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class LocallyConnected2d : Op
{
    public override string Name => "LocallyConnected2d";

    public override string Summary =>
        "Creates a convolution with weights of its own for each position: f32[N,C,H,W] → f32[N,Out,H',W']. Its parameters are <c>weight</c> "
        + "f32[H',W',Out,C,KH,KW] and <c>bias</c> f32[Out,H',W'].";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y[n,o,s] = b[o,s] + Σ_{c,k} x[n,c,s·stride - padding + k] · w[s,o,c,k]",
        "[N, C, H, W] → [N, outChannels, H', W']; weight [H', W', outChannels, C, KH, KW], bias [outChannels, H', W']",
        "LeCun 1989; a convolution whose positions do not share weights", "The kernel fits the padded input.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("outChannels", "Out, the number of channels of the output"),
        OpParameter.Size2("kernel", Spatial.Window(2)),
        OpParameter.Size2("stride", "the step of the window", 1),
        OpParameter.Size2("padding", "the zeros on each side", 0),
        OpParameter.Boolean("bias", "whether there is a bias", true),
        OpParameter.OptionalInit("init", "how the weight starts"),
        OpParameter.OptionalInit("biasInit", "how the bias starts"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 4, 4)), ("outChannels", 3), ("kernel", 2)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, 2);
        var b = call.Builder;
        int channels = x.Shape[1].Factor, units = call.Positive("outChannels");
        var window = Window.Of(call, 2);
        var output = window.Output(call, Spatial.Sizes(x));
        var start = Initialization.TorchDefault(Lengths.Bounded(channels, window.Count));
        Axis[] made = { new("o", units) }, positions = AxisNames.Spatial(output);
        var weight = call.Parameter("weight", Shape.Of(positions.Concat(made).Append(new("c", channels)).Concat(AxisNames.Window(window.Kernel))),
            call.Start("init", start, Lengths.Bounded(channels, window.Count), Lengths.Bounded(units, window.Count)));
        var y = b.Compute(Spatial.WithSizes(x, made[0], output), weight.Shape.Axes.Skip(3).ToArray(), Combine.Sum, v =>
            // v: n, o, h, w, c, kh, kw
            GraphBuilder.Load(x, v[0], v[4], window.Read(0, v[2], v[5]), window.Read(1, v[3], v[6]))
                * GraphBuilder.Load(weight, v[2], v[3], v[1], v[4], v[5], v[6]), Purpose.Product);
        if (!call.Boolean("bias")) return One(y);
        var bias = call.Parameter("bias", Shape.Of(made.Concat(positions)),
            call.BiasStart(start, Shape.Of(units, channels, Lengths.Bounded(window.Count))));
        return One(b.Map(t => t[0] + t[1], y, bias));
    }
}
