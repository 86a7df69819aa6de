using ModelGen.Generator.Emit;
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

    public static ModelGraphs ConvNet() => Sketch.Model("ConvNet", s =>
    {
        var x = s.Input("image", 2, 12, 12);
        var digit = s.Labels("digit", 5);
        var h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 6, kernel = 5, padding = 2 }, "conv1")), new { kernel = 2 });
        h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", h, new { outChannels = 8, kernel = 3, stride = 2, padding = 1 }, "conv2")), new { kernel = 3, stride = 2, padding = 1 });
        var z = s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 5 }, "fc");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    /// <summary>Batch normalisation, a grouped and a dilated convolution, dropout, a shortcut.</summary>
    public static ModelGraphs Residual() => Sketch.Model("Residual", s =>
    {
        var x = s.Input("image", 3, 9, 9);
        var target = s.Input("target", 4);
        var h = s.Op("Relu", s.Op("BatchNorm2d", s.Op("Conv2d", x, new { outChannels = 4, kernel = 3, padding = 1, bias = false }, "conv1"), null, "bn1"));
        var y = s.Op("BatchNorm2d", s.Op("Conv2d", h, new { outChannels = 4, kernel = 3, padding = 1, bias = false, groups = 2 }, "conv2"), null, "bn2");
        y = s.Op("Dropout", s.Op("Relu", s.Binary("Add", y, h)), new { p = 0.25 });
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
}
