using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Emit;

/// <summary>A loss that is linear in an output gives it a cotangent that is the same everywhere: inside the output, and nothing beside it. So it is with
/// values of the forward part that no tensor is read for.</summary>
public class LinearLossTests
{
    /// <summary>What reads its operand, or the cotangent of which is read, beyond an end.</summary>
    private static readonly Dictionary<string, Func<Sketch, Node>> Windows = new()
    {
        ["slice"] = s => s.Op("Slice", Image(s), new { axis = 2, start = 1, end = 4 }),
        ["slice with steps"] = s => s.Op("Slice", Image(s), new { axis = 3, start = 1, step = 2 }),
        ["pad"] = s => s.Op("Pad", Image(s), new { padding = new[] { 1, 2, 2, 0 } }),
        ["pad by reflection"] = s => s.Op("Pad", Image(s), new { padding = new[] { 1, 2 }, mode = "reflect" }),
        ["convolution"] = s => s.Op("Conv2d", Image(s), new { outChannels = 3, kernel = 3 }, "conv"),
        ["padded convolution"] = s => s.Op("Conv2d", Image(s), new { outChannels = 3, kernel = 3, padding = 2, dilation = 2 }, "conv"),
        ["strided convolution"] = s => s.Op("Conv2d", Image(s), new { outChannels = 3, kernel = 3, stride = 2, padding = 1 }, "conv"),
        ["depthwise convolution"] = s => s.Op("Conv2d", Image(s), new { outChannels = 4, kernel = 3, padding = 1, groups = 4 }, "conv"),
        ["transposed convolution"] = s => s.Op("ConvTranspose2d", Image(s), new { outChannels = 3, kernel = 3, stride = 2, padding = 1 }, "up"),
        ["average pool"] = s => s.Op("AvgPool2d", Image(s), new { kernel = 3, stride = 2, padding = 1 }),
        ["overlapping average pool"] = s => s.Op("AvgPool2d", Image(s), new { kernel = 3, stride = 1, countIncludePad = false }),
        ["maximum pool"] = s => s.Op("MaxPool2d", Image(s), new { kernel = 3, stride = 2, padding = 1 }),
        ["adaptive pool"] = s => s.Op("AdaptiveAvgPool2d", Image(s), new { outputSize = new[] { 3, 4 } }),
        ["concatenation"] = s => s.Call("Concat", "", new { axis = 1 }, ("xs", new[] { Image(s), s.Op("Tanh", s.Op("Relu", Image(s))) }))[0],
        ["concatenation with a constant"] = s => s.Call("Concat", "", new { axis = 1 }, ("xs", new[] { Image(s), Ones(s) }))[0],
        ["padded constant"] = s => s.Binary("Mul", s.Op("Pad", Ones(s), new { padding = new[] { 1, 1 } }),
            s.Op("Pad", Image(s), new { padding = new[] { 2, 0 } })),
        ["convolved constant"] = s => s.Op("Conv2d", Ones(s), new { outChannels = 3, kernel = 3, padding = 1 }, "conv"),
        ["one-dimensional convolution"] = s => s.Op("Conv1d", s.Op("Reshape", Image(s), new { shape = new[] { 4, 30 } }),
            new { outChannels = 3, kernel = 5, padding = 2 }, "conv"),
        ["three-dimensional convolution"] = s => s.Op("Conv3d", s.Op("Reshape", Image(s), new { shape = new[] { 2, 2, 5, 6 } }),
            new { outChannels = 3, kernel = 3, padding = 1 }, "conv"),
        ["resized"] = s => s.Op("UpsampleBilinear2d", Image(s), new { scaleFactor = 2 }),
    };

    private static readonly Dictionary<string, Func<Sketch, Node, Node>> Losses = new()
    {
        ["sum"] = (s, y) => s.Op("Sum", y),
        ["mean"] = (s, y) => s.Op("Mean", y),
        ["minus the mean of a slice"] = (s, y) => s.Op("Neg", s.Op("Mean", s.Op("Slice", y, new { axis = 1, start = 1, end = 2 }))),
        ["mean of sums"] = (s, y) => s.Op("Mean", s.Op("Sum", y, new { axes = new[] { y.Shape.Rank - 1 } })),
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var window in Windows.Keys)
            foreach (var loss in Losses.Keys)
                if (loss == "sum" || window is "slice" or "padded convolution" or "average pool" or "transposed convolution") pairs.Add(window, loss);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void CotangentThatIsTheSameEverywhere_MatchesInterpreter(string window, string loss) => new EmittedModel(Sketch.Model("Linear", s =>
    {
        var y = Windows[window](s);
        return ([y], Losses[loss](s, y));
    })).MatchesInterpreter(2);

    private static Node Image(Sketch s) => s.Moved("x", 4, 5, 6);

    private static Node Ones(Sketch s)
    {
        var x = Image(s);
        return s.Binary("Div", s.Op("Exp", s.Binary("Sub", x, x)), s.Op("Exp", s.Binary("Sub", x, x)));
    }
}
