using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Compile;

/// <summary>The cost of the compiler is in proportion to the values of a model: somebody is typing.</summary>
/// <remarks>Measured as memory that is allocated, which is the same on every machine, however busy it is.</remarks>
public class ScalingTests
{
    private const int Few = 400, Times = 4;

    [Theory]
    [InlineData("maps of several uses")]
    [InlineData("layers")]
    [InlineData("norms")]
    [InlineData("slices and concatenations")]
    [InlineData("convolutions")]
    [InlineData("recurrences")]
    [InlineData("sums of one value")]
    public void FourTimesTheNodes_CostLittleMoreThanFourTimesTheWork(string kind)
    {
        // What happens once, at first use, counts for neither.
        Cost(kind, Few / 4);
        long few = Cost(kind, Few), many = Cost(kind, Few * Times);
        Assert.True(many < few * Times * 1.35,
            $"{Few} nodes took {few >> 10} KiB, {Times} times as many {many >> 10} KiB, {(double)many / few:F1} times as much.");
    }

    /// <summary>What each further value takes, the backward part and the text included. It is two thirds of the limit or less; about three times as much, and
    /// above the limit, where passes make all values anew and find the reads of a body each time they ask for them.</summary>
    [Theory]
    [InlineData("sums of the one before", 150)]
    [InlineData("functions of the one before", 180)]
    [InlineData("maps of several uses", 190)]
    [InlineData("layers", 160)]
    [InlineData("convolutions", 200)]
    [InlineData("slices and concatenations", 170)]
    public void EachValue_CostsLittle(string kind, int mostKibibytes)
    {
        Cost(kind, Few / 4);
        long few = Cost(kind, Few), many = Cost(kind, Few * Times);
        var each = (many - few) / (Few * (Times - 1)) >> 10;
        Assert.True(each < mostKibibytes, $"{each} KiB a value, at most {mostKibibytes} were expected.");
    }

    private static long Cost(string kind, int nodes)
    {
        var start = GC.GetAllocatedBytesForCurrentThread();
        CpuFiles.Emit(ModelCompiler.Lower(Model(kind, nodes)));
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static ModelGraphs Model(string kind, int nodes) => Sketch.Model("Chain", s =>
    {
        var image = kind == "convolutions";
        var x = image ? s.Moved("x", 8, 6, 6) : kind == "recurrences" ? s.Moved("x", 3, 8) : s.Moved("x", 8);
        var y = x;
        for (var i = 0; s.Builder.Count < nodes; i++)
        {
            var path = "layer" + i;
            y = kind switch
            {
                "maps of several uses" => s.Binary("Add", s.Op("Tanh", s.Binary("Mul", y, x)), s.Binary("Mul", y, x)),
                "sums of the one before" => s.Binary("Add", y, x),
                "functions of the one before" => s.Op("Tanh", y),
                "layers" => s.Op("Tanh", s.Op("Linear", y, new { outFeatures = 8 }, path)),
                "norms" => s.Op("LayerNorm", s.Binary("Add", y, s.Op("Softmax", y, new { axis = 1 })), null, path),
                "convolutions" => s.Binary("Add", y,
                    s.Op("Relu", s.Op("BatchNorm2d", s.Op("Conv2d", y, new { outChannels = 8, kernel = 3, padding = 1 }, path), null, path + "n"))),
                "recurrences" => s.Call("Gru", path, new { hiddenSize = 8 }, ("x", y))[0],
                "sums of one value" => s.Binary("Mul", y, s.Op("Sum", s.Binary("Mul", y, x), new { axes = new[] { 1 }, keepDims = true })),
                _ => s.Call("Concat", "", new { axis = 1 },
                    ("xs", new[] { s.Op("Slice", y, new { axis = 1, start = 0, end = 4 }), s.Op("Sin", s.Op("Slice", y, new { axis = 1, start = 4 })) }))[0],
            };
        }
        return ([y], s.Op("Mean", s.Binary("Mul", y, y)));
    });
}
