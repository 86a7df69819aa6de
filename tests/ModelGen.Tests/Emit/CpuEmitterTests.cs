using ModelGen.Generator.Emit;

namespace ModelGen.Tests.Emit;

public class CpuEmitterTests
{
    internal static ModelGraphs Mlp(int inputs = 20, int hidden = 37, int classes = 10) => Sketch.Model("Mlp", s =>
    {
        var x = s.Input("image", inputs);
        var digit = s.Labels("digit", classes);
        var h = s.Op("Relu", s.Op("Linear", x, new { outFeatures = hidden }, "fc1"));
        var z = s.Op("Linear", h, new { outFeatures = classes }, "fc2");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    internal static ModelGraphs ConvNet() => Sketch.Model("ConvNet", s =>
    {
        var x = s.Input("image", 2, 12, 12);
        var digit = s.Labels("digit", 5);
        var h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 6, kernel = 5, padding = 2 }, "conv1")), new { kernel = 2 });
        h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", h, new { outChannels = 8, kernel = 3, stride = 2, padding = 1 }, "conv2")), new { kernel = 3, stride = 2, padding = 1 });
        var z = s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 5 }, "fc");
        return ([z], s.Call("CrossEntropy", "", null, ("logits", z), ("labels", digit))[0]);
    });

    internal static ModelGraphs Residual() => Sketch.Model("Residual", s =>
    {
        var x = s.Input("image", 3, 9, 9);
        var target = s.Input("target", 4);
        var h = s.Op("Relu", s.Op("BatchNorm2d", s.Op("Conv2d", x, new { outChannels = 4, kernel = 3, padding = 1, bias = false }, "conv1"), null, "bn1"));
        var y = s.Op("BatchNorm2d", s.Op("Conv2d", h, new { outChannels = 4, kernel = 3, padding = 1, bias = false, groups = 2 }, "conv2"), null, "bn2");
        y = s.Op("Dropout", s.Op("Relu", s.Binary("Add", y, h)), new { p = 0.25 });
        var z = s.Op("Tanh", s.Op("Linear", s.Op("GlobalAvgPool2d", y), new { outFeatures = 4 }, "fc"));
        return ([z], s.Call("MseLoss", "", null, ("x", z), ("target", target))[0]);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    public void Mlp_MatchesInterpreter(int samples) => new EmittedModel(Mlp()).MatchesInterpreter(samples);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void ConvNet_MatchesInterpreter(int samples) => new EmittedModel(ConvNet()).MatchesInterpreter(samples);

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Residual_MatchesInterpreter(int samples) => new EmittedModel(Residual()).MatchesInterpreter(samples);
}
