using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class MultiheadAttention : Op
{
    private static readonly string[] s_thirds = { "query", "key", "value" };

    public override string Name => "MultiheadAttention";

    public override string Summary =>
        "Creates self-attention, or attention to a memory, over several heads. Its parameters have PyTorch's names: <c>in_proj_weight</c> f32[3E,E], "
        + "<c>in_proj_bias</c> f32[3E], <c>out_proj.weight</c>, <c>out_proj.bias</c>.";

    public override bool IsLayer => true;

    public override string ReturnType => "AttentionLayer";

    public override string ShortName => "attention";

    public override OpDoc Doc => new("out_proj(concat over heads of softmax(q·kᵀ / √(E/heads))·v), where q, k, v = in_proj(x)",
        "[N, T, E] → [N, T, E] and the weights [N, T, S], averaged over heads; in_proj_weight [3E, E], in_proj_bias [3E], out_proj.weight [E, E], "
            + "out_proj.bias [E]",
        "Vaswani et al. 2017, section 3.2.2; PyTorch's layout",
        "Heads divide E. With a memory [N, S, E] keys and values come from it. Rows of in_proj: query, key, value; head h has the features h·E/heads onwards.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.OptionalTensor("memory", "what is asked; x itself where null"),
        OpParameter.OptionalTensor("value", "what is answered; the memory where null"),
        OpParameter.OptionalTensor("keyPaddingMask", "f32[N,S], not 0 where a key is padding that nobody sees"),
        OpParameter.OptionalTensor("attnMask", "what is added to the scores; broadcasts to f32[N,heads,T,S]"),
        OpParameter.Integer("heads", "the number of heads; divides E"),
        OpParameter.Boolean("causal", "whether step i sees steps j ≤ i only", false),
        OpParameter.Boolean("bias", "whether there are biases", true),
        OpParameter.OptionalInit("init",
            "how the weights start", "as PyTorch's: <c>in_proj_weight</c> by Xavier's uniform, <c>out_proj.weight</c> by PyTorch's default"),
        OpParameter.Real("dropout", "the probability with which a weight is dropped in training, in [0, 1)", 0),
        OpParameter.OptionalInteger("kdim", "the features of the memory; E where null"),
        OpParameter.OptionalInteger("vdim", "the features of the value; E where null"),
        OpParameter.Boolean("isCausal", "the same as <paramref name=\"causal\"/>, by PyTorch's name", false),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 4)), ("heads", 2)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.TensorOfRank("x", 3, "a sequence of vectors [N,T,E]");
        var memory = call.Has("memory") ? call.TensorOfRank("memory", 3, "a sequence of vectors [N,S,E] as memory") : x;
        (x, memory) = (call.Builder.NameAxes(x, "n", "t", "i"), call.Builder.NameAxes(memory, "n", "t", "i"));
        var value = call.Has("value") ? call.TensorOfRank("value", 3, "a sequence of vectors [N,S,V] as value") : memory;
        int width = x.Shape[2].Factor, heads = call.Positive("heads");
        if (width % heads != 0) throw call.Fail("MG2012", $"needs heads that divide the features: {width} / {heads} leaves {width % heads}, in {x.Shape}");
        int ofKeys = call.Has("kdim") ? call.Positive("kdim") : width, ofValues = call.Has("vdim") ? call.Positive("vdim") : width;
        if (memory.Shape[0] != x.Shape[0] || memory.Shape[2] != ofKeys)
            throw call.Fail("MG2001", $"needs a memory [{x.Shape[0]},S,{ofKeys}], got {memory.Shape}{(call.Has("kdim") ? "" : "; kdim says its features")}");
        if (value.Shape[0] != x.Shape[0] || value.Shape[1] != memory.Shape[1] || value.Shape[2] != ofValues)
            throw call.Fail("MG2001", $"needs a value [{x.Shape[0]},{memory.Shape[1]},{ofValues}], got {value.Shape}"
                + (call.Has("vdim") ? "" : "; vdim says its features"));
        var b = call.Builder;
        var square = Shape.Of(new Axis("o", width), new Axis("i", width));
        // PyTorch stacks the three projections where they have one size.
        var isStacked = ofKeys == width && ofValues == width;
        var stacked = Shape.Of(new Axis("o", call.Size(3L * width, $"rows of its weight of 3*{width}")), new Axis("i", width));
        Initialization Start(Shape shape) => call.Start("init", new("XavierUniform", shape[1].Factor, shape[0].Factor, Value: 1), shape);
        var weight = isStacked ? call.Parameter("in_proj_weight", stacked, Start(stacked)) : null;
        var weights = new[] { width, ofKeys, ofValues }.Select((features, third) =>
        {
            var shape = Shape.Of(square[0], new Axis("i", features));
            return isStacked ? Slice.Of(b, weight!, 0, third * width, width, purpose: Purpose.Part(s_thirds[third] + "Weight"))
                : call.Parameter("qkv"[third] + "_proj_weight", shape, Start(shape));
        }).ToArray();
        var bias = call.Boolean("bias") ? call.Parameter("in_proj_bias", Shape.Of(stacked[0]), Initialization.Zeros) : null;
        var outWeight = call.Parameter("out_proj.weight", square, call.Start("init", Initialization.TorchDefault(width), square));
        var outBias = call.Boolean("bias") ? call.Parameter("out_proj.bias", Shape.Of(square[0]), Initialization.Zeros) : null;

        Axis head = new("h", heads), features = new("d", width / heads);
        // Each projection has its own copy of its third of the weight: as three products their gradients are plain products too.
        Node Project(Node from, int third)
        {
            var word = s_thirds[third];
            var projected = Linear.Product(b, from, weights[third], new(Role.Product, Word: bias is null ? word : word + "Sum"));
            if (bias is not null)
                projected = b.Map(Purpose.Part(word), t => t[0] + t[1], projected,
                    Slice.Of(b, bias, 0, third * width, width, purpose: Purpose.Part(word + "Bias")));
            return b.Reshape(projected, Shape.Of(from.Shape[0], from.Shape[1], head, features));
        }
        Node q = Project(x, 0), k = Project(memory, 1), v = Project(value, 2);
        var leading = Shape.Of(x.Shape[0], head);
        Axis queries = x.Shape[1].Named("q"), keys = memory.Shape[1].Named("k");
        var padding = call.Has("keyPaddingMask") ? call.Tensor("keyPaddingMask") : null;
        if (padding is not null && padding.Shape != Shape.Of(memory.Shape[0], memory.Shape[1]))
            throw call.Fail("MG2001", $"needs a keyPaddingMask [{memory.Shape[0]},{memory.Shape[1]}], one number for each key, got {padding.Shape}");
        var dropout = call.Probability("dropout");
        var options = new AttentionOptions(call.Boolean("causal") || call.Boolean("isCausal"), 1 / Math.Sqrt(features.Factor))
        {
            Padding = padding,
            Bias = Attention.Fitting(call, "attnMask", Shape.Of(leading.Axes.Append(queries).Append(keys))),
            Dropout = call.IsTraining ? dropout : 0,
        };
        Node Weights(int from, Axis count, Axis seen)
        {
            Node asking = Attention.Block(b, q, 1, from, count), asked = Attention.Block(b, k, 1, 0, seen);
            return Attention.Weights(b, leading, from, count, seen, features, options,
                (lead, time, feature) => GraphBuilder.Load(asking, lead[0], time, lead[1], feature), (lead, time, feature) =>
                    GraphBuilder.Load(asked, lead[0], time, lead[1], feature));
        }
        // n, t, h, d; then s
        Node Mix(Node weights, Axis count, Axis seen)
        {
            var values = Attention.Block(b, v, 1, 0, seen);
            return b.Compute(Shape.Of(x.Shape[0], count, head, features), new[] { seen }, Combine.Sum, o =>
                GraphBuilder.Load(weights, o[0], o[2], o[1], o[4]) * GraphBuilder.Load(values, o[0], o[4], o[2], o[3]), Purpose.Part("heads"));
        }
        var mixed = Attention.Mixed(b, leading, queries, keys, options.Causal, Weights, Mix, 1);
        var output = Linear.Product(b, b.Reshape(mixed, Shape.Of(x.Shape[0], x.Shape[1], square[1])), outWeight);
        if (outBias is not null) output = b.Map(t => t[0] + t[1], output, outBias);
        // All weights at once are computed only where somebody reads their mean.
        return new[] { output, b.Mean(Weights(0, queries, keys), new[] { 1 }) };
    }
}
