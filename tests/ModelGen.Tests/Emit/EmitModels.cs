using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Emit;

/// <summary>Small models of odd sizes that between them reach every form of kernel.</summary>
internal static class EmitModels
{
    public static readonly IReadOnlyDictionary<string, Func<ModelGraphs>> All = new Dictionary<string, Func<ModelGraphs>>
    {
        ["Mlp"] = () => Mlp(),
        ["WideMlp"] = () => Mlp(70, 131, 3),
        ["Tiny"] = Tiny,
        ["ConvNet"] = ConvNet,
        ["Residual"] = Residual,
        ["Strided"] = Strided,
        ["StridedChannels"] = StridedChannels,
        ["Slits"] = Slits,
        ["FewColumns"] = FewColumns,
        ["Pointwise"] = Pointwise,
        ["Activations"] = Activations,
        ["Maps"] = Maps,
        ["Pools"] = Pools,
        ["Rows"] = Rows,
        ["Branches"] = Branches,
        ["Views"] = Views,
        ["Names"] = Names,
        ["Tokens"] = Tokens,
        ["Recurrent"] = Recurrent,
        ["Truncated"] = Truncated,
        ["Channels"] = Channels,
        ["Volumes"] = Volumes,
        ["LongSums"] = LongSums,
        ["FarRows"] = FarRows,
        ["Tiles"] = Tiles,
        ["LongAttention"] = LongAttention,
        ["Causal"] = Causal,
        ["LargeImages"] = LargeImages,
        ["Crops"] = Crops,
        ["PartsOfASequence"] = PartsOfASequence,
    };

    /// <summary>Those whose sizes have to be large: the interpreter takes long over them.</summary>
    public static readonly IReadOnlyList<string> Wide =
        ["Channels", "Volumes", "LongSums", "LongAttention", "Tiles", "FarRows", "LargeImages", "StridedChannels"];

    public static ModelGraphs Mlp(int inputs = 20, int hidden = 37, int classes = 10) => Sketch.Model("Mlp", s =>
    {
        var x = s.Input("image", inputs);
        var digit = s.Labels("digit", classes);
        var h = s.Op("Relu", s.Op("Linear", x, new { outFeatures = hidden }, "fc1"));
        return Classify(s, s.Op("Linear", h, new { outFeatures = classes }, "fc2"), digit);
    });

    /// <summary>Convolutions wide enough to be computed on tiles, over images that are no multiple of a tile: with and without border, of three
    /// and of five taps, channels that are no multiple of a vector, more columns than a register tile, and epilogues that may and may not go along.</summary>
    public static ModelGraphs Tiles() => Sketch.Model("Tiles", s =>
    {
        var x = s.Input("image", 32, 7, 9);
        var digit = s.Labels("digit", 5);
        var h = s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 40, kernel = 3, padding = 1 }, "padded"));
        h = s.Op("Dropout", s.Op("Relu", s.Op("Conv2d", h, new { outChannels = 32, kernel = 3 }, "valid")), new { p = 0.3 });
        var y = s.Op("Conv2d", h, new { outChannels = 32, kernel = 5, padding = 2, bias = false }, "five");
        h = s.Op("BatchNorm2d", s.Binary("Add", y, h), null, "bn");
        h = s.Op("Conv2d", h, new { outChannels = 128, kernel = 3, padding = 2, bias = false }, "panels");
        return Classify(s, s.Op("Linear", s.Op("Flatten", s.Op("GlobalAvgPool2d", h)), new { outFeatures = 5 }, "fc"), digit);
    });

    /// <summary>A network of which every kernel is short.</summary>
    public static ModelGraphs Tiny() => Sketch.Model("Tiny", s =>
    {
        var x = s.Input("x", 3);
        var target = s.Input("target", 1);
        var y = s.Op("Linear", s.Op("Tanh", s.Op("Linear", x, new { outFeatures = 17 }, "l1")), new { outFeatures = 1 }, "l2");
        var loss = s.Call("BceWithLogits", "", null, ("logits", y), ("target", s.Op("Sigmoid", target)))[0];
        return ([y], loss);
    });

    /// <summary>Enough channels to be stored last: strides, dilation, groups, pools, normalisation, dropout, a skip, a reshape of the middle.</summary>
    public static ModelGraphs Channels() => Sketch.Model("Channels", s =>
    {
        var x = s.Input("image", 3, 7, 6);
        var digit = s.Labels("digit", 5);
        var h = s.Op("Relu", s.Op("BatchNorm2d", s.Op("Conv2d", x, new { outChannels = 17, kernel = 3, padding = 1, bias = false }, "stem"), null, "bn"));
        h = s.Op("MaxPool2d", h, new { kernel = 3, stride = 2, padding = 1 });
        var skip = s.Op("Conv2d", h, new { outChannels = 36, kernel = 1 }, "skip");
        var y = s.Op("Gelu", s.Op("Conv2d", h, new { outChannels = 36, kernel = new[] { 3, 2 }, padding = new[] { 2, 1 }, dilation = new[] { 2, 2 } }, "wide"));
        h = s.Op("Dropout", s.Binary("Add", y, skip), new { p = 0.2 });
        h = s.Op("Conv2d", h, new { outChannels = 34, kernel = 3, stride = 2, padding = 1, groups = 2 }, "grouped");
        h = s.Op("UpsampleNearest2d", s.Op("GroupNorm", h, new { groups = 2 }, "gn"), new { scaleFactor = 2 });
        h = s.Op("GlobalAvgPool2d", s.Op("Conv2d", h, new { outChannels = 19, kernel = 2 }, "last"));
        return Classify(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 5 }, "fc"), digit);
    });

    /// <summary>The same in one and three dimensions, and upwards.</summary>
    public static ModelGraphs Volumes() => Sketch.Model("Volumes", s =>
    {
        var x = s.Input("volume", 2, 3, 5, 5);
        var digit = s.Labels("digit", 4);
        var h = s.Op("Tanh", s.Op("Conv3d", x, new { outChannels = 18, kernel = 3, padding = 1 }, "c3"));
        h = s.Op("MaxPool3d", s.Op("Conv3d", h, new { outChannels = 20, kernel = 2 }, "d3"), new { kernel = 2 });
        h = s.Op("Reshape", h, new { shape = new[] { 20, 1 * 2 * 2 } });
        h = s.Op("Relu", s.Op("Conv1d", h, new { outChannels = 33, kernel = 3, padding = 1 }, "c1"));
        h = s.Op("ConvTranspose1d", h, new { outChannels = 16, kernel = 3, stride = 2 }, "t1");
        h = s.Op("Reshape", h, new { shape = new[] { 16, 3, 3 } });
        h = s.Op("ConvTranspose2d", h, new { outChannels = 21, kernel = 2, stride = 2 }, "t2");
        return Classify(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 4 }, "fc"), digit);
    });

    /// <summary>Sequences long enough to attend in blocks: causal, and with a mask.</summary>
    public static ModelGraphs LongAttention() => Sketch.Model("LongAttention", s =>
    {
        var x = s.Input("sequence", 258, 4);
        var mask = s.Input("mask", 258, 1);
        var digit = s.Labels("digit", 3);
        var h = s.Call("MultiheadAttention", "heads", new { heads = 2, causal = true }, ("x", x))[0];
        h = s.Call("ScaledDotProductAttention", "", null, ("query", h), ("key", x), ("value", h), ("mask", mask))[0];
        return Classify(s, s.Op("Linear", s.Op("Mean", h, new { axes = new[] { 1 } }), new { outFeatures = 3 }, "fc"), digit);
    });

    /// <summary>Attention that sees no later key: over as many keys as whole turns of a loop take, and over some more.</summary>
    public static ModelGraphs Causal() => Sketch.Model("Causal", s =>
    {
        var x = s.Input("sequence", 32, 20);
        var digit = s.Labels("digit", 3);
        var h = s.Call("MultiheadAttention", "heads", new { heads = 2, causal = true }, ("x", x))[0];
        h = s.Op("Slice", h, new { axis = 1, start = 0, end = 19 });
        h = s.Call("ScaledDotProductAttention", "", new { causal = true }, ("query", h), ("key", s.Op("Tanh", h)), ("value", h))[0];
        return Classify(s, s.Op("Linear", s.Op("Mean", h, new { axes = new[] { 1 } }), new { outFeatures = 3 }, "fc"), digit);
    });

    /// <summary>Images so large that a weight gradient of dot products takes two samples at a time, with rows of whole vectors and some left over.</summary>
    public static ModelGraphs LargeImages() => Sketch.Model("LargeImages", s =>
    {
        var x = s.Input("image", 1, 110, 29);
        var digit = s.Labels("digit", 3);
        var h = s.Op("Conv2d", x, new { outChannels = 6, kernel = 5, padding = 2, bias = false }, "c1");
        h = s.Op("Relu", s.Op("AvgPool2d", h, new { kernel = 11 }));
        return Classify(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 3 }, "fc"), digit);
    });

    /// <summary>Parts cut out and then padded, strides over odd sizes one after the other, and rows that lie in the padding altogether.</summary>
    public static ModelGraphs Crops() => Sketch.Model("Crops", s =>
    {
        var digit = s.Labels("digit", 4);
        var wave = s.Op("Conv1d", s.Op("Slice", s.Input("wave", 3, 20), new { axis = 2, start = 0, end = 10 }),
            new { outChannels = 4, kernel = 3, padding = 1 }, "c0");
        var h = s.Op("Conv2d", s.Op("Conv2d", s.Input("image", 3, 13, 9), new { outChannels = 5, kernel = 3, padding = 1 }, "c1"),
            new { outChannels = 6, kernel = 3 }, "c2");
        h = s.Op("Conv2d", h, new { outChannels = 5, kernel = 3, stride = 2, padding = 1 }, "c3");
        h = s.Op("Conv2d", h, new { outChannels = 4, kernel = 4, stride = 100, padding = 5 }, "c4");
        h = s.Call("Concat", "", new { axis = 1 }, ("xs", new[] { s.Op("Flatten", h), s.Op("Flatten", wave) }))[0];
        return Classify(s, s.Op("Linear", h, new { outFeatures = 4 }, "fc"), digit);
    });

    /// <summary>Parts of a recurrent layer's outputs, along time.</summary>
    public static ModelGraphs PartsOfASequence() => Sketch.Model("PartsOfASequence", s =>
    {
        var x = s.Input("sequence", 7, 3);
        var digit = s.Labels("digit", 4);
        var y = s.Call("Rnn", "rnn", new { hiddenSize = 6 }, ("x", x))[0];
        Node Part(int start) => s.Op("Slice", y, new { axis = 1, start, end = start + 3 });
        var h = s.Binary("Add", Part(0), s.Binary("Mul", Part(4), Part(2)));
        return Classify(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 4 }, "fc"), digit);
    });

    /// <summary>Sums longer than a cache holds, so that they are done in blocks.</summary>
    /// <summary>Matrices whose rows lie far apart: packed, copied or turned around before their product; columns in several parts with some left over; rows
    /// with gaps after them, read through views; heads of attention that are matrices of their own.</summary>
    public static ModelGraphs FarRows() => Sketch.Model("FarRows", s =>
    {
        // The name of a pointer that the kernels have themselves.
        var x = s.Input("next", 27, 48);
        var digit = s.Labels("digit", 4);
        var h = s.Op("Gelu", s.Op("Linear", x, new { outFeatures = 300 }, "wide"));
        h = s.Op("Tanh", s.Op("Linear", h, new { outFeatures = 256 }, "powers"));
        h = s.Op("LayerNorm", s.Op("Linear", h, new { outFeatures = 48 }, "narrow"), new { axes = 1 }, "norm");
        h = s.Call("MultiheadAttention", "heads", new { heads = 2 }, ("x", s.Binary("Add", x, h)))[0];
        return Classify(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 4 }, "fc"), digit);
    });

    public static ModelGraphs LongSums() => Sketch.Model("LongSums", s =>
    {
        var x = s.Input("image", 230, 1, 2);
        var digit = s.Labels("digit", 4);
        var h = s.Op("Flatten", s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 66, kernel = 3, padding = 1 }, "conv")));
        return Classify(s, s.Op("Linear", h, new { outFeatures = 4 }, "fc"), digit);
    });

    public static ModelGraphs ConvNet() => Sketch.Model("ConvNet", s =>
    {
        var x = s.Input("image", 2, 12, 12);
        var digit = s.Labels("digit", 5);
        var h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 6, kernel = 5, padding = 2 }, "conv1")), new { kernel = 2 });
        h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", h, new { outChannels = 8, kernel = 3, stride = 2, padding = 1 }, "conv2")),
            new { kernel = 3, stride = 2, padding = 1 });
        return Classify(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 5 }, "fc"), digit);
    });

    public static ModelGraphs Residual() => Sketch.Model("Residual", s =>
    {
        var x = s.Input("image", 3, 9, 9);
        var target = s.Input("target", 4);
        var h = s.Op("Relu", s.Op("BatchNorm2d", s.Op("Conv2d", x, new { outChannels = 4, kernel = 3, padding = 1, bias = false }, "conv1"), null, "bn1"));
        var y = s.Op("BatchNorm2d", s.Op("Conv2d", h, new { outChannels = 4, kernel = 3, padding = 1, bias = false, groups = 2 }, "conv2"), null, "bn2");
        y = s.Op("Dropout", s.Op("Relu", s.Binary("Add", y, h)), new { p = 0.25 });
        return Regress(s, s.Op("Tanh", s.Op("Linear", s.Op("GlobalAvgPool2d", y), new { outFeatures = 4 }, "fc")), target);
    });

    // Kernels one wide, whose loops over an image become one, and more channels than rows.
    private static ModelGraphs Slits() => Sketch.Model("Slits", s =>
    {
        var x = s.Input("image", 20, 5, 8);
        var digit = s.Labels("digit", 3);
        var h = s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 16, kernel = new[] { 3, 1 }, padding = new[] { 1, 0 } }, "tall"));
        h = s.Op("Tanh", s.Op("Conv2d", h, new { outChannels = 9, kernel = new[] { 1, 5 }, padding = new[] { 0, 2 } }, "wide"));
        return Classify(s,
            s.Op("Linear", s.Op("Flatten", s.Op("Conv2d", h, new { outChannels = 2, kernel = new[] { 5, 1 } }, "whole")), new { outFeatures = 3 }, "fc"),
            digit);
    });

    // Long rows and few results of each: 10 columns in tiles of 5, 7 and 13 with something left over.
    public static ModelGraphs FewColumns() => Sketch.Model("FewColumns", s =>
    {
        var x = s.Input("x", 150);
        var digit = s.Labels("digit", 13);
        var ten = s.Op("Relu", s.Op("Linear", x, new { outFeatures = 10 }, "ten"));
        var seven = s.Op("Tanh", s.Op("Linear", x, new { outFeatures = 7, bias = false }, "seven"));
        var wide = s.Op("Linear", s.Op("Add", s.Op("Linear", ten, new { outFeatures = 129 }, "up"), s.Op("Linear", seven, new { outFeatures = 129 }, "also")),
            new { outFeatures = 13 }, "thirteen");
        return Classify(s, wide, digit);
    });

    private static ModelGraphs Strided() => Sketch.Model("Strided", s =>
    {
        var x = s.Input("image", 3, 17, 13);
        var digit = s.Labels("digit", 7);
        var h = s.Op("LeakyRelu",
            s.Op("Conv2d", x, new
            {
                outChannels = 5,
                kernel = new[] { 3, 2 },
                stride = new[] { 2, 3 },
                padding = new[] { 1, 0 },
                dilation = new[] { 2, 1 }
            }, "conv1"));
        h = s.Op("Gelu", s.Op("Conv2d", h, new { outChannels = 10, kernel = 3, padding = 2, groups = 5 }, "depthwise"));
        return Classify(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 7 }, "fc"), digit);
    });

    /// <summary>A stride over so many channels that each phase of the data gradient copies its weights, for more columns than tiles hold.</summary>
    public static ModelGraphs StridedChannels() => Sketch.Model("StridedChannels", s =>
    {
        var digit = s.Labels("digit", 3);
        var h = s.Op("Tanh", s.Op("Conv2d", s.Input("image", 2, 7, 9), new { outChannels = 45, kernel = 1 }, "c1"));
        h = s.Op("Tanh", s.Op("Conv2d", h, new { outChannels = 300, kernel = 3, stride = 2, padding = 1 }, "c2"));
        return Classify(s, s.Op("Linear", s.Op("GlobalAvgPool2d", h), new { outFeatures = 3 }, "fc"), digit);
    });

    private static ModelGraphs Pointwise() => Sketch.Model("Pointwise", s =>
    {
        var x = s.Input("image", 6, 5, 7);
        var target = s.Input("target", 33);
        var h = s.Op("Sigmoid", s.Op("Conv2d", x, new { outChannels = 33, kernel = 1 }, "conv1"));
        return Regress(s, s.Op("GlobalAvgPool2d", h), target);
    });

    /// <summary>Functions of many operations on their own, before any product.</summary>
    public static ModelGraphs Maps() => Sketch.Model("Maps", s =>
    {
        var x = s.Input("x", 37);
        var digit = s.Labels("digit", 3);
        var a = s.Op("Linear", s.Op("Gelu", x), new { outFeatures = 3 }, "fc1");
        var b = s.Op("Linear", s.Op("Tanh", s.Op("Exp", x)), new { outFeatures = 3 }, "fc2");
        return Classify(s, s.Binary("Add", a, s.Binary("Mul", b, s.Op("Linear", s.Op("Sigmoid", x), new { outFeatures = 3 }, "fc3"))), digit);
    });

    private static ModelGraphs Activations() => Sketch.Model("Activations", s =>
    {
        var x = s.Input("x", 19);
        var target = s.Input("target", 19);
        var a = s.Op("Gelu", s.Op("Linear", x, new { outFeatures = 19 }, "fc1"));
        var b = s.Op("Sigmoid", s.Op("Linear", x, new { outFeatures = 19, bias = false }, "fc2"));
        var y = s.Binary("Div", s.Binary("Mul", a, b), s.Op("Sigmoid", s.Binary("Sub", a, b)));
        var loss = s.Call("BceWithLogits", "", null, ("logits", y), ("target", s.Op("Sigmoid", target)))[0];
        return ([s.Op("Tanh", y)], loss);
    });

    private static ModelGraphs Pools() => Sketch.Model("Pools", s =>
    {
        var x = s.Input("image", 2, 11, 9);
        var target = s.Input("target", 20);
        var h = s.Op("MaxPool2d", s.Op("Conv2d", x, new { outChannels = 4, kernel = 2 }, "conv1"), new { kernel = 3, stride = 1, padding = 1 });
        h = s.Op("AvgPool2d", h, new { kernel = 3, stride = 2, padding = 1, countIncludePad = false });
        h = s.Op("MaxPool2d", h, new { kernel = 2, stride = 2 });
        h = s.Op("AvgPool2d", h, new { kernel = 2 });
        return Regress(s, s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 20 }, "fc"), target);
    });

    private static ModelGraphs Rows() => Sketch.Model("Rows", s =>
    {
        var x = s.Input("x", 7, 21);
        var target = s.Input("target", 7, 21);
        var h = s.Op("Softmax", s.Op("Linear", x, new { outFeatures = 21 }, "fc1"), new { axis = -1 });
        h = s.Op("LogSoftmax", s.Op("Linear", h, new { outFeatures = 21 }, "fc2"), new { axis = 1 });
        return Regress(s, h, target);
    });

    private static ModelGraphs Branches() => Sketch.Model("Branches", s =>
    {
        var x = s.Input("x", 24);
        var side = s.Input("side", 5);
        var target = s.Input("target", 31);
        var h = s.Op("Relu", s.Op("Linear", x, new { outFeatures = 16 }, "shared"));
        var both = s.Call("Concat", "", new { axis = 1 }, ("xs", new Node[] { h, side, s.Op("Tanh", h) }))[0];
        var y = s.Op("Linear", s.Op("Dropout", both, new { p = 0.5 }), new { outFeatures = 31 }, "fc");
        return Regress(s, s.Op("Reshape", y, new { shape = new[] { 31 } }), target);
    });

    // The same memory under two shapes, read at different points of one kernel.
    private static ModelGraphs Views() => Sketch.Model("Views", s =>
    {
        var x = s.Input("x", 24);
        var target = s.Input("target", 5);
        var h = s.Op("Tanh", s.Op("Linear", x, new { outFeatures = 24 }, "fc1"));
        var turned = s.Op("Permute", s.Op("Reshape", h, new { shape = new[] { 4, 6 } }), new { axes = new[] { 0, 2, 1 } });
        var y = s.Op("Softmax", s.Binary("Add", s.Op("Reshape", h, new { shape = new[] { 6, 4 } }), turned));
        return Regress(s, s.Op("Linear", s.Op("Flatten", y), new { outFeatures = 5 }, "fc2"), target);
    });

    // Inputs called like what the generated code calls its own.
    private static ModelGraphs Names() => Sketch.Model("Names", s =>
    {
        var sum = s.Input("batch", 3);
        foreach (var name in new[] { "output", "n", "s", "a", "x", "i0", "m", "Simd", "Math", "tile", "event", "t1_0" })
            sum = s.Binary("Add", sum, s.Op("Tanh", s.Input(name, 3)));
        return Regress(s, s.Op("Linear", sum, new { outFeatures = 2 }, "A"), s.Input("B", 2));
    });

    // A small table, multiplied before it is gathered, and an LSTM of two directions over it.
    public static ModelGraphs Tokens() => Sketch.Model("Tokens", s =>
    {
        var text = s.Labels("text", 11, 5);
        var next = s.Labels("next", 3);
        var h = s.Call("Lstm", "r", new { hiddenSize = 19, bidirectional = true }, ("x", s.Op("Embedding", text, new { count = 11, dimensions = 6 }, "te")));
        var last = s.Call("Concat", "", new { axis = 1 }, ("xs", new[] { s.Op("Flatten", h[1]), s.Op("Flatten", h[2]) }))[0];
        return Classify(s, s.Op("Linear", last, new { outFeatures = 3 }, "fc"), next);
    });

    // Two layers from given states; the sequence is read with a border, reshaped, and returned.
    private static ModelGraphs Recurrent() => Sketch.Model("Recurrent", s =>
    {
        var x = s.Input("x", 6, 4);
        var start = s.Input("start", 2, 16);
        var target = s.Input("target", 6, 16);
        var h = s.Call("Gru", "r", new { hiddenSize = 16, layers = 2 }, ("x", x), ("h0", start))[0];
        var padded = s.Op("Conv1d", h, new { outChannels = 6, kernel = 3, padding = 1 }, "conv");
        var viewed = s.Op("Reshape", s.Op("Reshape", h, new { shape = new[] { 96 } }), new { shape = new[] { 6, 16 } });
        return ([h], s.Call("MseLoss", "", null, ("x", s.Binary("Add", padded, viewed)), ("target", target))[0]);
    });

    // Gradients stop every two of five steps, which run from the end in one direction.
    private static ModelGraphs Truncated() => Sketch.Model("Truncated", s =>
    {
        var x = s.Input("x", 5, 3);
        var target = s.Input("target", 5, 34);
        return Regress(s, s.Call("Rnn", "r", new { hiddenSize = 17, bidirectional = true, truncation = 2 }, ("x", x))[0], target);
    });

    public static (Node[], Node?) Classify(Sketch s, Node logits, Node labels) =>
        ([logits], s.Call("CrossEntropy", "", null, ("logits", logits), ("labels", labels))[0]);

    private static (Node[], Node?) Regress(Sketch s, Node y, Node target) => ([y], s.Call("MseLoss", "", null, ("x", y), ("target", target))[0]);
}
