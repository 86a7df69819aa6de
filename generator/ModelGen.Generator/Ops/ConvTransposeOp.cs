using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Transposed convolution over <c>rank</c> spatial axes: the data gradient of a convolution, as a layer.</summary>
internal abstract class ConvTransposeOp : Op
{
    private readonly int _rank;

    protected ConvTransposeOp(int rank) => _rank = rank;

    public override string Name => $"ConvTranspose{_rank}d";

    public override string Summary =>
        $"Creates a transposed convolution of {Spatial.Type(_rank)} to sizes (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Its "
        + "parameters are <c>weight</c> f32[C,Out/groups,kernel…] and <c>bias</c> f32[Out].";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new(
        "y[n,o,p] = b[o] + Σ_{c,k} x[n,c,(p + padding - k·dilation) / stride] · w[c,o,k], where the division is exact",
        "[N, C, L…] → [N, outChannels, (L - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1, …]; weight [C, outChannels/groups, kernel…], "
            + "bias [outChannels]",
        "Zeiler et al. 2010", "Groups divide both channel counts. The outputPadding is below stride or dilation. The output is not empty.");

    public override string ShortName => "convTranspose";

    public override IReadOnlyList<OpParameter> Parameters => new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("outChannels", "Out, the number of channels of the output"),
        OpParameter.Size(_rank, "kernel", Spatial.Window(_rank)),
        OpParameter.Size(_rank, "stride", "the distance between the windows in the output", 1),
        OpParameter.Size(_rank, "padding", "how much is cut off on each side", 0),
        OpParameter.Size(_rank, "outputPadding", "the number below the stride that is added to the size at the end", 0),
        OpParameter.Size(_rank, "dilation", "the distance between the elements of the window", 1),
        OpParameter.Integer("groups", "the number of channel groups that do not see each other", 1),
        OpParameter.Boolean("bias", "whether there is a bias", true),
        OpParameter.OptionalInit("init", "how the weight starts"),
        OpParameter.OptionalInit("biasInit", "how the bias starts"),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, _rank);
        var b = call.Builder;
        int channels = x.Shape[1].Factor, groups = call.Positive("groups");
        var units = call.WeightOfRank(_rank + 2) is { } given ? call.Size((long)given.Shape[1].Factor * groups, "channels") : call.Positive("outChannels");
        ConvolutionOp.RequireGroups(call, channels, units, groups);
        var window = Window.Of(call, _rank, kernel: Spatial.KernelOfWeight(call, _rank));
        var output = OutputSizes(call, window, Spatial.Sizes(x));
        Axis own = new("c", channels / groups), made = new("o", units / groups);
        // PyTorch takes the fan-in from axis 1 of the weight, which here is the output side.
        var start = Initialization.TorchDefault(Lengths.Bounded(made.Factor, window.Count));
        var kernel = AxisNames.Window(window.Kernel);
        var filters = Shape.Of(new[] { new("c", channels), made }.Concat(kernel));
        var weight = call.Parameter("weight", filters, call.Start("init", start, filters));
        var bias = call.HasParameter("bias", "bias") ? call.Parameter("bias", Shape.Of(new Axis("o", units)), call.BiasStart(start, filters)) : null;

        var group = groups == 1 ? new Axis[0] : new Axis[] { new("g", groups) };
        var xs = groups == 1 ? x : b.Reshape(x, Shape.Of(new[] { x.Shape[0] }.Concat(group).Append(own).Concat(x.Shape.Axes.Skip(2))));
        var ws = groups == 1 ? weight : b.Reshape(weight, Shape.Of(group.Append(own).Append(made).Concat(kernel)));
        var shape = Shape.Of(new[] { x.Shape[0] }.Concat(group).Append(made).Concat(AxisNames.Spatial(output)));
        var y = b.Compute(shape, new[] { own }.Concat(kernel).ToArray(), Combine.Sum, v =>
        {
            // v: n, [g,] o, p…, c, k…
            var g = v.Skip(1).Take(group.Length).ToArray();
            int o = 1 + group.Length, c = o + 1 + _rank;
            var at = Enumerable.Range(0, _rank).Select(d => v[o + 1 + d].Plus(v[c + 1 + d].Times(-window.Dilation[d]))
                .Plus(AffineIndex.Constant(v.Length, window.Padding[d])) with
            { Divisor = window.Stride[d] });
            return GraphBuilder.Load(xs, new[] { v[0] }.Concat(g).Append(v[c]).Concat(at).ToArray())
                * GraphBuilder.Load(ws, g.Append(v[c]).Append(v[o]).Concat(v.Skip(c + 1)).ToArray());
        }, Purpose.Product);
        if (bias is not null)
        {
            var bs = groups == 1 ? bias : b.Reshape(bias, Shape.Of(group.Append(made)));
            y = b.Compute(shape, new Axis[0], Combine.None, v => GraphBuilder.Load(y, v) + GraphBuilder.Load(bs, v.Skip(1).Take(group.Length + 1).ToArray()));
        }
        return One(b.Reshape(y, Spatial.WithSizes(x, new("o", units), output)));
    }

    private int[] OutputSizes(OpCall call, Window window, int[] input)
    {
        var extra = call.Sizes("outputPadding", _rank)!;
        for (var d = 0; d < _rank; d++)
            if (extra[d] < 0 || extra[d] >= System.Math.Max(window.Stride[d], window.Dilation[d]))
                throw call.Fail("MG2009",
                    $"needs outputPadding below stride or dilation, got {Window.Text(extra)} with stride {Window.Text(window.Stride)} and dilation "
                        + $"{Window.Text(window.Dilation)}");
        var output = input.Select((size, d) =>
            (size - 1L) * window.Stride[d] - 2L * window.Padding[d] + (long)window.Dilation[d] * (window.Kernel[d] - 1) + extra[d] + 1).ToArray();
        if (output.Any(s => s < 1))
            throw call.Fail("MG2004",
                $"would give an empty output {Window.Text(output)}: padding {Window.Text(window.Padding)} takes away more than kernel "
                    + $"{Window.Text(window.Kernel)} makes");
        // An input of one element takes no step, however long steps are.
        window.Settle(input.Select(size => size == 1 ? 1L : Lengths.Most).ToArray());
        return output.Select((size, d) =>
            call.Size(size, $"an output along axis {d + 2} of ({input[d]} - 1)*{window.Stride[d]} - 2*{window.Padding[d]} + "
                + $"{window.Dilation[d]}*({window.Kernel[d]} - 1) + {extra[d]} + 1")).ToArray();
    }
}
