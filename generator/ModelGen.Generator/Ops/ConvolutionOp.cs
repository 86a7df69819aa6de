using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Convolution (cross-correlation: the kernel is not flipped) over <c>rank</c> spatial axes.</summary>
internal abstract class ConvolutionOp : Op
{
    private readonly int _rank;

    protected ConvolutionOp(int rank) => _rank = rank;

    public override string Name => $"Conv{_rank}d";

    public override string Summary =>
        $"Creates a {_rank}-D cross-correlation: {Spatial.Type(_rank)} → {Spatial.Type(_rank, "Out", "'")} with {Rule}. Its parameters are <c>weight</c> "
        + $"f32[Out,C/groups,{Spatial.Axes(_rank, "K")}] and <c>bias</c> f32[Out].";

    // Of the first axis, by which the others go.
    private string Rule
    {
        get
        {
            string size = Spatial.Axes(_rank).Split(',')[0], kernel = Spatial.Axes(_rank, "K").Split(',')[0];
            return $"{size}' = ⌊({size} + 2·padding − dilation·({kernel} − 1) − 1) / stride⌋ + 1";
        }
    }

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new(
        "y[n,o,s] = b[o] + Σ_{c,k} x[n,c,s·stride - padding + k·dilation] · w[o,c,k]",
        "[N, C, L…] → [N, outChannels, (L + 2·padding - dilation·(kernel - 1) - 1) / stride + 1, …]; weight [outChannels, C/groups, kernel…], bias "
            + "[outChannels]",
        "LeCun et al. 1989; initialised as PyTorch's nn.Conv",
        "The kernel fits the padded input. Groups divide both channel counts. Zeros outside the input.");

    public override string ShortName => "conv";

    public override IReadOnlyList<OpParameter> Parameters => new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("outChannels", "Out, the number of channels of the output"),
        OpParameter.Size(_rank, "kernel", Spatial.Window(_rank)),
        OpParameter.Size(_rank, "stride", "the step of the window", 1),
        OpParameter.Size(_rank, "padding", "the zeros on each side", 0),
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
        int channels = x.Shape[1].Factor, units = call.SizeOfWeight("outChannels", 0, _rank + 2), groups = call.Positive("groups");
        RequireGroups(call, channels, units, groups);
        var window = Window.Of(call, _rank, kernel: Spatial.KernelOfWeight(call, _rank));
        var output = window.Output(call, Spatial.Sizes(x));
        var shape = Shape.Of(new Axis[] { new("o", units), new("c", channels / groups) }.Concat(AxisNames.Window(window.Kernel)));
        var start = Initialization.TorchDefault(Lengths.Bounded(channels / groups, window.Count));
        var weight = call.Parameter("weight", shape, call.Start("init", start, shape));
        var bias = call.HasParameter("bias", "bias") ? call.Parameter("bias", Shape.Of(shape[0]), call.BiasStart(start, shape)) : null;
        return One(groups == 1 ? Plain(b, x, weight, bias, window, output) : Grouped(b, x, weight, bias, window, units, groups, output));
    }

    /// <exception cref="OpException">MG2005.</exception>
    internal static void RequireGroups(OpCall call, int channels, int units, int groups)
    {
        if (channels % groups != 0) throw call.Fail("MG2005",
            $"needs groups that divide the channels: {channels} input channels / {groups} groups leaves {channels % groups}");
        if (units % groups != 0) throw call.Fail("MG2005",
            $"needs groups that divide the channels: {units} output channels / {groups} groups leaves {units % groups}");
    }

    private Node Plain(GraphBuilder b, Node x, Node weight, Node? bias, Window window, int[] output)
    {
        var reduced = weight.Shape.Axes.Skip(1).ToArray();
        var y = b.Compute(Spatial.WithSizes(x, weight.Shape[0], output), reduced, Combine.Sum, v =>
        {
            // v: n, o, s…, c, k…
            var c = v[2 + _rank];
            var at = Enumerable.Range(0, _rank).Select(d => window.Read(d, v[2 + d], v[3 + _rank + d]));
            return GraphBuilder.Load(x, new[] { v[0], c }.Concat(at).ToArray())
                * GraphBuilder.Load(weight, new[] { v[1], c }.Concat(v.Skip(3 + _rank)).ToArray());
        }, Purpose.Product);
        return bias is null ? y : b.Compute(y.Shape, new Axis[0], Combine.None, v => GraphBuilder.Load(y, v) + GraphBuilder.Load(bias, v[1]));
    }

    // The channels as [groups, channels of a group]: the group is one more axis that input, weight and output share.
    private Node Grouped(GraphBuilder b, Node x, Node weight, Node? bias, Window window, int units, int groups, int[] output)
    {
        Axis group = new("g", groups), own = weight.Shape[1], made = new("o", units / groups);
        var xs = b.Reshape(x, Shape.Of(new[] { x.Shape[0], group, own }.Concat(x.Shape.Axes.Skip(2))));
        var ws = b.Reshape(weight, Shape.Of(new[] { group, made }.Concat(weight.Shape.Axes.Skip(1))));
        var y = b.Compute(Shape.Of(new[] { x.Shape[0], group, made }.Concat(AxisNames.Spatial(output))), weight.Shape.Axes.Skip(1).ToArray(), Combine.Sum,
            v =>
        {
            // v: n, g, o, s…, c, k…
            var c = v[3 + _rank];
            var at = Enumerable.Range(0, _rank).Select(d => window.Read(d, v[3 + d], v[4 + _rank + d]));
            return GraphBuilder.Load(xs, new[] { v[0], v[1], c }.Concat(at).ToArray())
                * GraphBuilder.Load(ws, new[] { v[1], v[2], c }.Concat(v.Skip(4 + _rank)).ToArray());
        }, Purpose.Product);
        if (bias is not null)
        {
            var bs = b.Reshape(bias, Shape.Of(group, made));
            y = b.Compute(y.Shape, new Axis[0], Combine.None, v => GraphBuilder.Load(y, v) + GraphBuilder.Load(bs, v[1], v[2]), Purpose.Part("groups"));
        }
        return b.Reshape(y, Spatial.WithSizes(x, new("o", units), output));
    }
}
