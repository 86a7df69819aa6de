using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Linear : Op
{
    // Red, green, blue and opacity.
    private const int MostColors = 4;

    public override string Name => "Linear";

    public override string Summary =>
        "Creates a layer that computes y = x Wᵀ + b: f32[N,…,In] → f32[N,…,Out]. Its parameters are <c>weight</c> f32[Out,In] and <c>bias</c> f32[Out].";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y = x·Wᵀ + b", "[N, …, in] → [N, …, outFeatures]; weight [outFeatures, in], bias [outFeatures]",
        "affine map; initialised as PyTorch's nn.Linear", "The last axis holds features; where it is a position of an image, call Flatten first.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("outFeatures", "Out, the size of the last axis of the output"),
        OpParameter.Boolean("bias", "whether there is a bias", true),
        OpParameter.OptionalInit("init", "how the weight starts"),
        OpParameter.OptionalInit("biasInit", "how the bias starts"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("outFeatures", 4)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        if (x.Shape.Rank is 2 or 3) x = call.Builder.NameAxes(x, x.Shape.Rank == 2 ? new[] { "n", "i" } : new[] { "n", "t", "i" });
        var units = call.SizeOfWeight("outFeatures", 0, 2);
        if (x.Shape.Rank >= 4 && IsImage(x))
        {
            // On an image PyTorch applies the layer to the last spatial axis without a word. Where channels are last it is a convolution of 1×1.
            var formula = string.Join("*", x.Shape.Axes.Skip(1));
            var length = x.Shape.Axes.Skip(1).Aggregate(1, (p, a) => p * a.Factor);
            throw call.Fail("MG2003", $"expects a vector, got {x.Shape}; call Flatten first ({formula} = {length})");
        }
        if (x.Shape.Rank < (x.Shape.IsPerSample ? 2 : 1)) throw call.Fail("MG2003", $"expects a vector, got {x.Shape}");
        var b = call.Builder;
        var features = x.Shape[x.Shape.Rank - 1];
        var shape = Shape.Of(new Axis("o", units), features.Named("i"));
        var start = Initialization.TorchDefault(features.Factor);
        var weight = call.Parameter("weight", shape, call.Start("init", start, shape));
        var product = Product(b, x, weight);
        if (!call.HasParameter("bias", "bias")) return One(product);
        var bias = call.Parameter("bias", Shape.Of(shape[0]), call.BiasStart(start, shape));
        return One(b.Map(t => t[0] + t[1], product, bias));
    }

    // Its last axis is a position, not features: what a convolution or a pool gives, and an input of the form of an image.
    private static bool IsImage(Node x) => x.Shape[x.Shape.Rank - 1].Name is "x" || x is LeafNode { Kind: LeafKind.Input }
        && (x.Shape[x.Shape.Rank - 1] == x.Shape[x.Shape.Rank - 2] || x.Shape[1].Factor <= MostColors);

    /// <summary>x·Wᵀ over the last axis of x.</summary>
    internal static Node Product(GraphBuilder b, Node x, Node weight, Purpose? purpose = null)
    {
        var rank = x.Shape.Rank;
        return b.Compute(Shape.Of(x.Shape.Axes.With(rank - 1, weight.Shape[0])), new[] { weight.Shape[1] }, Combine.Sum, v =>
            GraphBuilder.Load(x, v.Take(rank - 1).Append(v[rank]).ToArray()) * GraphBuilder.Load(weight, v[rank - 1], v[rank]), purpose ?? Purpose.Product);
    }
}
