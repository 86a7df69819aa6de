using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Emit;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>Networks that between them have every form of kernel.</summary>
internal static class Networks
{
    public static ModelGraphs Mlp() => Sketch.Model("Mlp", s =>
    {
        var x = s.Input("image", 20);
        var digit = s.Labels("digit", 10);
        var h = s.Op("Relu", s.Op("Linear", x, new { outFeatures = 37 }, "fc1"));
        var z = s.Op("Linear", h, new { outFeatures = 10 }, "fc2");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    public static ModelGraphs LeNet() => Sketch.Model("LeNet", s =>
    {
        var x = s.Input("image", 1, 28, 28);
        var digit = s.Labels("digit", 10);
        var h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 6, kernel = 5, padding = 2 }, "conv1")), new { kernel = 2 });
        h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", h, new { outChannels = 16, kernel = 5 }, "conv2")), new { kernel = 2 });
        h = s.Op("Relu", s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 120 }, "fc1"));
        h = s.Op("Relu", s.Op("Linear", h, new { outFeatures = 84 }, "fc2"));
        var z = s.Op("Linear", h, new { outFeatures = 10 }, "fc3");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    public static ModelGraphs ConvNet() => Sketch.Model("ConvNet", s =>
    {
        var x = s.Input("image", 2, 12, 12);
        var digit = s.Labels("digit", 5);
        var h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 6, kernel = 5, padding = 2 }, "conv1")), new { kernel = 2 });
        h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", h, new { outChannels = 8, kernel = 3, stride = 2, padding = 1 }, "conv2")),
            new { kernel = 3, stride = 2, padding = 1 });
        var z = s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 5 }, "fc");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    /// <summary>Batch normalisation, a grouped, a depthwise and a dilated convolution, dropout, a shortcut.</summary>
    public static ModelGraphs Residual() => Sketch.Model("Residual", s =>
    {
        var x = s.Input("image", 3, 9, 9);
        var target = s.Input("target", 4);
        var h = s.Op("Relu", s.Op("BatchNorm2d", s.Op("Conv2d", x, new { outChannels = 4, kernel = 3, padding = 1, bias = false }, "conv1"), null, "bn1"));
        var y = s.Op("BatchNorm2d", s.Op("Conv2d", h, new { outChannels = 4, kernel = 3, padding = 1, bias = false, groups = 2 }, "conv2"), null, "bn2");
        y = s.Op("Dropout", s.Op("Relu", s.Binary("Add", y, h)), new { p = 0.25 });
        y = s.Op("Conv2d", y, new { outChannels = 4, kernel = 3, padding = 1, groups = 4 }, "depthwise");
        y = s.Op("Conv2d", y, new { outChannels = 6, kernel = 3, padding = 2, dilation = 2 }, "conv3");
        var z = s.Op("Tanh", s.Op("Linear", s.Op("GlobalAvgPool2d", y), new { outFeatures = 4 }, "fc"));
        return ([z], s.Call("MseLoss", "", null, ("x", z), ("target", target))[0]);
    });

    /// <summary>Long rows: softmax as an output, and activations of all kinds.</summary>
    public static ModelGraphs Rows(int width) => Sketch.Model("Rows" + width, s =>
    {
        var x = s.Input("signal", 9);
        var target = s.Input("target", width);
        var h = s.Op("Gelu", s.Op("Linear", x, new { outFeatures = 48 }, "fc1"));
        h = s.Op("Sigmoid", s.Op("Linear", h, new { outFeatures = width }, "fc2"));
        var p = s.Op("Softmax", s.Op("Linear", h, new { outFeatures = width }, "fc3"));
        return ([p], s.Call("MseLoss", "", null, ("x", s.Op("LeakyRelu", p, new { negativeSlope = 0.1 })), ("target", target))[0]);
    });

    /// <summary>No loss; two outputs, of which the second starts anywhere; positions of the first among many equal maxima, in long rows and short.</summary>
    public static ModelGraphs Positions() => Sketch.Model("Positions", s =>
    {
        var x = s.Input("signal", 3, 300);
        var signs = s.Builder.Map(v => Expr.Sign(v[0]), x);
        var longRows = s.Builder.Reduce(Combine.ArgMax, signs, [2]);
        var shortRows = s.Builder.Reduce(Combine.ArgMax, signs, [1]);
        return ([longRows, shortRows], null);
    });

    /// <summary>Numbers written in the source, and one kernel with more arguments than a launcher takes.</summary>
    public static ModelGraphs ManyArguments() => Sketch.Model("ManyArguments", s =>
    {
        var target = s.Input("target", 5);
        Node sum = s.Builder.Leaf(LeafKind.Constant, new(ElementType.F32, Shape.Of(5)), "offsets", data: [1, -2, 3.5, 0, 0.25]);
        for (var i = 0; i < 20; i++)
            sum = s.Binary("Add", sum, s.Input("part" + i, 5));
        return ([sum], s.Call("MseLoss", "", null, ("x", s.Op("Tanh", s.Op("Linear", sum, new { outFeatures = 5 }, "fc"))), ("target", target))[0]);
    });

    /// <summary>A convolution with a stride and a dilation behind another, and the Gram matrix of what it gives.</summary>
    public static ModelGraphs Unusual() => Sketch.Model("Unusual", s =>
    {
        var x = s.Input("signal", 4, 133);
        var target = s.Input("target", 3);
        var h = s.Op("Conv1d", x, new { outChannels = 16, kernel = 1 }, "conv1");
        h = s.Op("Conv1d", h, new { outChannels = 64, kernel = 3, stride = 2, dilation = 3 }, "conv2");
        h = s.Op("Transpose", s.Op("Tanh", h), new { axis1 = 1, axis2 = 2 });
        var gram = s.Binary("MatMul", h, s.Op("Transpose", h, new { axis1 = 1, axis2 = 2 }));
        var z = s.Op("Linear", s.Op("Flatten", gram), new { outFeatures = 3 }, "fc");
        return ([z], s.Call("MseLoss", "", null, ("x", z), ("target", target))[0]);
    });

    /// <summary>Tokens looked up, attention with a causal mask, layer norm.</summary>
    public static ModelGraphs Transformer() => Sketch.Model("Transformer", s =>
    {
        var tokens = s.Labels("tokens", 11, 6);
        var next = s.Labels("next", 11);
        var x = s.Op("Embedding", tokens, new { count = 11, dimensions = 40 }, "embedding");
        var h = s.Op("LayerNorm", x, null, "norm");
        var a = s.Call("ScaledDotProductAttention", "", new { causal = true }, ("query", s.Op("Linear", h, new { outFeatures = 40 }, "q")),
            ("key", s.Op("Linear", h, new { outFeatures = 40 }, "k")), ("value", h))[0];
        var z = s.Op("Linear", s.Op("Flatten", s.Binary("Add", x, a)), new { outFeatures = 11 }, "head");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", next))[0]);
    });

    /// <summary>Products that are large enough for tensor cores, of sizes that no tile divides: convolutions with and without a stride, a matrix, and all
    /// gradients. Smooth, so that rounding moves no number over a kink.</summary>
    public static ModelGraphs Wide() => Sketch.Model("Wide", s =>
    {
        var digit = s.Labels("digit", 100);
        var h = s.Op("Tanh", s.Op("Conv2d", s.Input("image", 64, 6, 6), new { outChannels = 64, kernel = 1 }, "conv1"));
        h = s.Op("Tanh", s.Op("Conv2d", h, new { outChannels = 64, kernel = 3, padding = 1 }, "conv2"));
        h = s.Op("Tanh", s.Op("Conv2d", h, new { outChannels = 72, kernel = 3, stride = 2, padding = 1 }, "conv3"));
        var z = s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 100 }, "fc");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    /// <summary>One product of m = 35 N, n and k.</summary>
    public static ModelGraphs Product(int n, int k) => Sketch.Model($"Product{n}x{k}", s =>
        ([s.Op("Linear", s.Input("x", 35, k), new { outFeatures = n, bias = false }, "fc")], null));

    /// <summary>One convolution of 64 channels, 3x3.</summary>
    public static ModelGraphs Convolution(int stride) => Sketch.Model($"Convolution{stride}", s =>
        ([s.Op("Conv2d", s.Input("image", 64, 13, 13), new { outChannels = 64, kernel = 3, stride, padding = 1, bias = false }, "conv")], null));

    /// <summary>Two matrices that are large enough for tensor cores, and their gradients.</summary>
    public static ModelGraphs WideMlp() => Sketch.Model("WideMlp", s =>
    {
        var h = s.Op("Tanh", s.Op("Linear", s.Input("x", 35, 100), new { outFeatures = 68 }, "fc1"));
        var z = s.Op("Linear", h, new { outFeatures = 72 }, "fc2");
        return ([z], s.Call("MseLoss", "", null, ("x", z), ("target", s.Input("target", 35, 72)))[0]);
    });

    /// <summary>Products of 1024, as tensor cores are measured with by the machine code.</summary>
    public static ModelGraphs LargeMatrix() => Sketch.Model("LargeMatrix", s =>
    {
        var h = s.Op("Gelu", s.Op("Linear", s.Input("tokens", 8, 1024), new { outFeatures = 1024 }, "fc1"));
        var z = s.Op("Linear", h, new { outFeatures = 1024 }, "fc2");
        return ([z], s.Call("MseLoss", "", null, ("x", z), ("target", s.Input("target", 8, 1024)))[0]);
    });

    /// <summary>Convolutions of 64 and of 128 channels, likewise.</summary>
    public static ModelGraphs LargeConvolutions() => Sketch.Model("LargeConvolutions", s =>
    {
        var target = s.Input("target", 128, 16, 16);
        Node Conv(Node x, int channels, int kernel, int stride, string name) =>
            s.Op("Relu", s.Op("Conv2d", x, new { outChannels = channels, kernel, stride, padding = kernel / 2 }, name));
        var h = Conv(Conv(s.Input("image", 64, 32, 32), 64, 1, 1, "conv1"), 64, 3, 1, "conv2");
        h = Conv(Conv(h, 128, 3, 2, "conv3"), 128, 3, 1, "conv4");
        return ([h], s.Call("MseLoss", "", null, ("x", h), ("target", target))[0]);
    });

    /// <summary>Sizes as in practice: to look at, too large to run without a device.</summary>
    public static ModelGraphs Large() => Sketch.Model("Large", s =>
    {
        var x = s.Input("image", 3, 56, 56);
        var digit = s.Labels("digit", 1000);
        var h = s.Op("Relu",
            s.Op("BatchNorm2d", s.Op("Conv2d", x, new { outChannels = 64, kernel = 7, stride = 2, padding = 3, bias = false }, "conv1"), null, "bn1"));
        var y = s.Op("Relu", s.Op("BatchNorm2d", s.Op("Conv2d", h, new { outChannels = 64, kernel = 3, padding = 1, bias = false }, "conv2"), null, "bn2"));
        y = s.Op("Gelu", s.Binary("Add", s.Op("Conv2d", y, new { outChannels = 64, kernel = 3, padding = 1, groups = 64 }, "conv3"), h));
        var z = s.Op("Linear", s.Op("Flatten", s.Op("AvgPool2d", y, new { kernel = 7 })), new { outFeatures = 1000 }, "fc");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    /// <summary>A recurrent layer over short sequences, with sizes that are no multiple of anything; in one direction or two.</summary>
    public static ModelGraphs Cells(string op, bool bidirectional = false, int hidden = 7, int layers = 1) => Sketch.Model(op + "Cells" + hidden, s =>
    {
        var x = s.Input("x", 3, 4);
        var target = s.Input("target", 3, bidirectional ? 2 * hidden : hidden);
        var y = s.Call(op, "r", new { hiddenSize = hidden, layers, bidirectional }, ("x", x))[0];
        return ([y], s.Call("MseLoss", "", null, ("x", y), ("target", target))[0]);
    });

    /// <summary>A step as somebody might write it: a norm over the units, and a second state that reads the first both before and behind the step.</summary>
    public static ModelGraphs OwnStep(int units = 20) => Sketch.Model("OwnStep", s =>
    {
        var b = s.Builder;
        var x = s.Input("x", 4, units);
        var target = s.Input("target", 4, units);
        var shape = x.Shape;
        var h = b.Previous(shape, 1, fromEnd: false, purpose: new(Role.State, "h"));
        var g = b.Previous(shape, 1, fromEnd: false, purpose: new(Role.State, "g"));
        var sum = b.Map(t => t[0] + t[1] + 0.1 * t[2], s.Op("Linear", h, new { outFeatures = units }, "own"), x, g);
        var next = s.Op("Tanh", s.Op("LayerNorm", sum, null, "norm"));
        Node before = s.Op("Linear", h, new { outFeatures = units }, "before"), behind = s.Op("Linear", next, new { outFeatures = units }, "behind");
        var both = b.Map(t => t[0] + t[1], before, behind);
        var second = b.Map(t => 0.5 * t[0] + t[1], g, s.Op("Sigmoid", both));
        b.Close(h, next);
        b.Close(g, second);
        return ([second], s.Call("MseLoss", "", null, ("x", second), ("target", target))[0]);
    });

    /// <summary>A step in which each sample's state moves towards the mean of the batch.</summary>
    public static ModelGraphs Crowd() => Sketch.Model("Crowd", s =>
    {
        var b = s.Builder;
        var x = s.Input("x", 4, 5);
        var target = s.Input("target", 4, 5);
        var h = b.Previous(x.Shape, 1, fromEnd: false, purpose: new(Role.State, "h"));
        var mean = b.Reduce(Combine.Sum, h, [0]);
        var next = b.Compute(x.Shape, [], Combine.None, v => 0.1 * (GraphBuilder.Load(x, v[0], v[1], v[2]) + GraphBuilder.Load(mean, v[1], v[2])));
        b.Close(h, next);
        return ([next], s.Call("MseLoss", "", null, ("x", next), ("target", target))[0]);
    });
}
