using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Emit;

/// <summary>Axes of equal length are different axes: what reads a value turned, moved, cut or joined along one is not at the value's own point,
/// whatever the lengths say.</summary>
public class EqualAxesTests
{
    private const int Size = 4;

    /// <summary>Ways to read a [N,4,4,4] tensor elsewhere; each gives the same shape.</summary>
    private static readonly Dictionary<string, Func<Sketch, Node, Node>> Elsewhere = new()
    {
        ["first two turned"] = (s, x) => s.Op("Transpose", x, new { axis1 = 1, axis2 = 2 }),
        ["last two turned"] = (s, x) => s.Op("Transpose", x, new { axis1 = 2, axis2 = 3 }),
        ["outer two turned"] = (s, x) => s.Op("Transpose", x, new { axis1 = 1, axis2 = 3 }),
        ["rotated"] = (s, x) => s.Op("Permute", x, new { axes = new[] { 0, 2, 3, 1 } }),
        ["rotated back"] = (s, x) => s.Op("Permute", x, new { axes = new[] { 0, 3, 1, 2 } }),
        ["moved along"] = (s, x) => s.Op("Pad", s.Op("Slice", x, new { axis = 3, start = 1 }), new { padding = new[] { 0, 1 } }),
        ["moved back"] = (s, x) => s.Op("Pad", s.Op("Slice", x, new { axis = 1, start = 0, end = 3 }), new { padding = new[] { 1, 0, 0, 0, 0, 0 } }),
        ["halves exchanged"] = (s, x) =>
            s.Call("Concat", "", new { axis = 2 },
                ("xs", new[] { s.Op("Slice", x, new { axis = 2, start = 2 }), s.Op("Slice", x, new { axis = 2, start = 0, end = 2 }) }))[0],
        ["reflected"] = (s, x) => s.Op("Slice", s.Op("Pad", x, new { padding = new[] { 2, 0 }, mode = "reflect" }), new { axis = 3, start = 0, end = Size }),
        ["a plane for all"] = (s, x) => s.Binary("Add", s.Op("Slice", x, new { axis = 1, start = 1, end = 2 }), s.Op("Sigmoid", x)),
        ["summed"] = (s, x) => s.Binary("Mul", s.Op("Sum", x, new { axes = new[] { 2 }, keepDims = true }), s.Op("Sigmoid", x)),
        ["the sum of another axis"] = (s, x) => s.Binary("Mul",
            s.Op("Transpose", s.Op("Sum", x, new { axes = new[] { 3 }, keepDims = true }), new { axis1 = 2, axis2 = 3 }), x),
    };

    /// <summary>Ways in which a value and the same value read elsewhere meet.</summary>
    private static readonly Dictionary<string, Func<Sketch, Node, Node, Node>> Meetings = new()
    {
        ["product"] = (s, own, other) => s.Binary("Mul", s.Op("Sigmoid", other), s.Op("Tanh", own)),
        ["concatenation"] = (s, own, other) => s.Call("Concat", "", new { axis = 1 }, ("xs", new[] { s.Op("Tanh", own), s.Binary("Mul", own, other) }))[0],
        ["normalisation"] = (s, own, other) => s.Op("LayerNorm", s.Binary("Add", own, s.Op("Tanh", other)), null, "norm"),
        ["softmax"] = (s, own, other) => s.Binary("Mul", s.Op("Softmax", other, new { axis = 3 }), own),
        ["sums side by side"] = (s, own, other) =>
            s.Binary("Add", s.Op("Sum", s.Binary("Mul", own, other), new { axes = new[] { 3 } }),
                s.Op("Sum", s.Binary("Mul", own, own), new { axes = new[] { 3 } })),
        ["sum after a sum"] = (s, own, other) => s.Op("Sum", s.Binary("Mul", own,
            s.Binary("Add", other,
                s.Op("Transpose", s.Op("Sum", s.Binary("Mul", own, own), new { axes = new[] { 3 }, keepDims = true }), new { axis1 = 2, axis2 = 3 }))),
                new { axes = new[] { 3 }, keepDims = true }),
        ["convolution"] = (s, own, other) => s.Binary("Mul", s.Op("Conv2d", own, new { outChannels = Size, kernel = 3, padding = 1 }, "conv"), other),
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var elsewhere in Elsewhere.Keys)
            foreach (var meeting in Meetings.Keys)
                // Each way to read once in each kind of kernel, and with a concatenation where it cuts.
                if (meeting is "product" or "softmax" or "sum after a sum" or "convolution" || elsewhere is "rotated" or "moved along" or "halves exchanged")
                    pairs.Add(elsewhere, meeting);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void ValueReadElsewhere_MatchesInterpreter(string elsewhere, string meeting) => new EmittedModel(Sketch.Model("Equal", s =>
    {
        var x = s.Moved("x", Size, Size, Size);
        var gate = s.Op("Silu", x);
        var y = Meetings[meeting](s, gate, Elsewhere[elsewhere](s, gate));
        return ([y], s.Op("Mean", s.Binary("Mul", y, s.Binary("Mul", y, y))));
    })).MatchesInterpreter(2, tolerance: 1e-4);

    [Theory]
    [InlineData("GroupNorm", 2)]
    [InlineData("GroupNorm", 4)]
    [InlineData("InstanceNorm", 0)]
    [InlineData("BatchNorm2d", 0)]
    public void DiffusionBlock_OfACube_MatchesInterpreter(string norm, int groups) => new EmittedModel(Sketch.Model("Block", s =>
    {
        // As many channels as make them lie last.
        const int size = 16;
        var x = s.Op("Conv2d", s.Input("x", 3, size, size), new { outChannels = size, kernel = 3, padding = 1 }, "first");
        var h = s.Op("Dropout", s.Op("Silu", s.Op(norm, x, groups > 0 ? new { groups } : null, "norm")), new { p = 0.2 });
        var y = s.Binary("Add", s.Op("Conv2d", h, new { outChannels = size, kernel = 3, padding = 1 }, "second"), x);
        return ([y], s.Op("Mean", s.Binary("Mul", y, y)));
    })).MatchesInterpreter(3, tolerance: 1e-4);

    [Theory]
    [InlineData(4, 2, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(2, 2, 0)]
    public void TransposedConvolution_ToACube_MatchesInterpreter(int kernel, int stride, int padding) => new EmittedModel(Sketch.Model("Up", s =>
    {
        var size = 16 / stride;
        var y = s.Op("ConvTranspose2d", s.Input("x", 8, size, size), new { outChannels = 16, kernel, stride, padding }, "up");
        return ([y], s.Op("Mean", s.Binary("Mul", y, y)));
    })).MatchesInterpreter(2, tolerance: 1e-4);

    /// <summary>The sizes of adaptive windows are differences of quotients of positions, which the lanes of a vector do not have in sequence.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(20)]
    public void QuotientOfAPosition_AfterAProduct_MatchesInterpreter(int size) => new EmittedModel(Sketch.Model("Quotient", s =>
    {
        var x = s.Moved("x", 3, 3);
        var value = s.Op("AdaptiveAvgPool1d", x, new { outputSize = size });
        var y = s.Call("ScaledDotProductAttention", "", null, ("query", x), ("key", x), ("value", value))[0];
        return ([y], s.Op("Mean", s.Binary("Mul", y, y)));
    })).MatchesInterpreter(2);
}
