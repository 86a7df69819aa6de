using System.Globalization;
using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;
using ModelGen.Tests.Compile;
using ModelGen.Tests.Emit;
using Xunit.Abstractions;

namespace ModelGen.Tests.Passes;

/// <summary>Convolutions on tiles: the matrices, which sums take the form, what is computed, and how many digits are left.</summary>
public class TileConvolutionsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(6, 3)]
    [InlineData(2, 5)]
    [InlineData(4, 5)]
    [InlineData(3, 2)]
    public void Matrices_OfATile_GiveTheSlidingSum(int outputs, int taps)
    {
        var f = WinogradMatrices.Of(outputs, taps);
        var random = new Random(outputs * 10 + taps);
        var d = Enumerable.Range(0, f.Products).Select(_ => random.NextDouble() - 0.5).ToArray();
        var g = Enumerable.Range(0, taps).Select(_ => random.NextDouble() - 0.5).ToArray();
        double[] Times(double[,] m, double[] x) => [.. Enumerable.Range(0, m.GetLength(0)).Select(i => Enumerable.Range(0, x.Length).Sum(j => m[i, j] * x[j]))];
        var products = Times(f.Filter, g).Zip(Times(f.Input, d), (a, b) => a * b).ToArray();
        var y = Times(f.Output, products);
        for (var o = 0; o < outputs; o++)
            Assert.Equal(Enumerable.Range(0, taps).Sum(k => d[o + k] * g[k]), y[o], 1e-12);
    }

    [Fact]
    public void Training_OfAWideConvolution_TakesTilesForAllThreeSums()
    {
        var model = Convolution(16, 32, 3, 12);
        var joint = Joint(model);
        var tiled = TileConvolutions.Apply(joint, Compiled.Options);
        Verifier.Check(tiled, nameof(TileConvolutions));
        // Two convolutions forward, the data gradient of the second and both weight gradients; the first has no data gradient.
        Assert.Equal(5, tiled.Nodes.OfType<ComputeNode>().Count(n => n.Purpose is { Role: Role.Tiles, Word: "products" }));
        Assert.Equal(2, tiled.Nodes.OfType<ComputeNode>().Count(n => n.Block is { Accumulates: true }));
        Assert.Equal(Operations(joint), Operations(tiled));
        var random = new Random(3);
        const int samples = 2;
        var leaves = joint.Nodes.OfType<LeafNode>()
            .ToDictionary(l => l.Name, l => Enumerable.Range(0, l.Shape.Length.At(samples)).Select(_ => random.NextDouble() - 0.5).ToArray());
        Interpreter Run(Graph graph) =>
            new(graph, samples, graph.Nodes.OfType<LeafNode>().Where(l => l.Kind != LeafKind.Constant).ToDictionary(l => l.Id, l => leaves[l.Name]));
        Interpreter before = Run(joint), after = Run(tiled);
        for (var g = 0; g < joint.Gradients.Count; g++)
        {
            var (expected, actual) = (before[joint.Gradients[g].Value], after[tiled.Gradients[g].Value]);
            var scale = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-10 * scale));
        }
    }

    [Theory]
    [InlineData("stride", 2)]
    [InlineData("dilation", 2)]
    [InlineData("groups", 2)]
    public void Form_OfAnotherSum_IsLeft(string setting, int value)
    {
        var graph = Sketch.Model("Other", s =>
        {
            var x = s.Input("image", 64, 16, 16);
            object arguments = setting switch
            {
                "stride" => new { outChannels = 64, kernel = 3, stride = value },
                "dilation" => new { outChannels = 64, kernel = 3, dilation = value },
                _ => new { outChannels = 64, kernel = 3, groups = value },
            };
            return ([s.Op("Conv2d", x, arguments, "conv")], null);
        }).Evaluation;
        graph = ChannelsLast.Apply(InlineMaps.Apply(graph, Compiled.Options), Compiled.Options);
        Assert.Equal(graph.Nodes, TileConvolutions.Apply(graph, Compiled.Options).Nodes);
    }

    [Theory]
    [InlineData(3, 16)]
    [InlineData(64, 512)]
    public void Form_WhereTransformsCostMoreThanTheySave_IsLeft(int channels, int size)
    {
        // Too few channels; or, for one sample, filters that would be four times as long.
        var graph = Joint(Convolution(channels, channels == 3 ? 16 : size, 3, channels == 3 ? 16 : 4));
        Assert.DoesNotContain(TileConvolutions.Apply(graph, Compiled.Options with { TypicalBatch = 1 }).Nodes.OfType<ComputeNode>(),
            n => n.Name.EndsWith("Products", StringComparison.Ordinal));
    }

    // Largest error of the output and of each gradient against double precision, relative to the largest element. Figures as measured, doubled.
    [Theory]
    [InlineData(3, 0, 5e-6)]
    [InlineData(3, WinogradMatrices.AccuratePoints, 3e-6)]
    [InlineData(3, WinogradMatrices.MostPoints, 2e-5)]
    [InlineData(5, 0, 5e-6)]
    [InlineData(5, WinogradMatrices.MostPoints, 4e-5)]
    public void Error_AgainstDoublePrecision_IsBounded(int taps, int points, double bound)
    {
        var model = new EmittedModel(Convolution(32, 32, taps, 12), winogradPoints: points);
        Assert.Equal(points > 0, model.Text.Contains("_tiles", StringComparison.Ordinal));
        model.MatchesInterpreter(2, tolerance: bound);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taps}x{taps}, {points} points: {model.LargestError:E1}"));
    }

    // What the performance page says of numbers that are not finite: tiles spread them, by less than a tile, and the definition does not.
    [Theory]
    [InlineData(0, float.PositiveInfinity)]
    [InlineData(0, float.NaN)]
    [InlineData(WinogradMatrices.MostPoints, float.PositiveInfinity)]
    [InlineData(WinogradMatrices.MostPoints, float.NaN)]
    public void OnePixelThatIsNotFinite_ReachesTheOutputsOfItsTiles(int points, float number)
    {
        const int channels = 32, size = 32, row = 13, column = 18, reach = 1, tile = 4;
        var model = new EmittedModel(Sketch.Model("OnePixel", s =>
        {
            var y = s.Op("Conv2d", s.Input("image", channels, size, size), new { outChannels = channels, kernel = 3, padding = 1, bias = false }, "conv");
            return ([y], null);
        }), winogradPoints: points);
        Assert.Equal(points > 0, model.Text.Contains("_tiles", StringComparison.Ordinal));
        using var batch = model.Fill(1, 3);
        batch.Floats(0)[(7 * size + row) * size + column] = number;
        var output = new float[channels * size * size];
        model.Model.Predict(batch, output);
        var wrong = Enumerable.Range(0, output.Length).Where(i => !float.IsFinite(output[i])).Select(i => (Row: i / size % size, Column: i % size)).ToList();
        var farthest = points == 0 ? reach : reach + tile;
        Assert.All(wrong, at => Assert.True(Math.Abs(at.Row - row) <= farthest && Math.Abs(at.Column - column) <= farthest, $"{at}"));
        if (points == 0) Assert.Equal(channels * 9, wrong.Count);
        else Assert.InRange(wrong.Count, channels * 9 + 1, channels * (2 * farthest + 1) * (2 * farthest + 1));
        // The nine that see it are not finite either way.
        Assert.Equal(9, wrong.Distinct().Count(at => Math.Abs(at.Row - row) <= reach && Math.Abs(at.Column - column) <= reach));
    }

    [Fact]
    public void Step_OfManyBlocks_GivesWhatTheDirectSumsGive()
    {
        // More samples than a block of any kernel has, and not a multiple: sums over the batch go on from block to block.
        const int samples = 37;
        EmittedModel tiles = new(EmitModels.Tiles()), direct = new(EmitModels.Tiles(), winogradPoints: 0);
        Assert.Contains("in some, done", tiles.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("in some", direct.Text, StringComparison.Ordinal);
        using Batch one = tiles.Fill(samples, 5), other = direct.Fill(samples, 5);
        var (expected, actual) = (direct.Model.Backward(other, 11), tiles.Model.Backward(one, 11));
        Assert.Equal(expected, actual, 1e-4f);
        var scale = 0f;
        foreach (var g in direct.Model.Parameters.Gradients) scale = Math.Max(scale, Math.Abs(g));
        for (var i = 0; i < direct.Model.Parameters.Gradients.Length; i++)
            Assert.True(Math.Abs(direct.Model.Parameters.Gradients[i] - tiles.Model.Parameters.Gradients[i]) <= 1e-4f * scale,
                string.Create(CultureInfo.InvariantCulture, $"gradient {i}"));
    }

    [Fact]
    public void Workspace_HasRoomForABlockOfTilesOnly()
    {
        var program = Compiled.Of(Joint(Convolution(64, 64, 3, 32)));
        Assert.NotEmpty(program.BatchLoops);
        foreach (var slot in program.Slots.Where(s => program.Graph[s.Node] is ComputeNode { Block.Accumulates: false }))
            Assert.Equal(0, slot.Place.PerSample);
    }

    private static Generator.Graphs.ModelGraphs Convolution(int channels, int made, int taps, int size) => Sketch.Model("Convolution", s =>
    {
        var x = s.Input("image", channels, size, size);
        var y = s.Op("Conv2d", x, new { outChannels = made, kernel = taps, padding = taps / 2 }, "first");
        y = s.Op("Conv2d", s.Op("Tanh", y), new { outChannels = made, kernel = taps, padding = taps / 2 }, "second");
        return ([y], s.Call("MseLoss", "", null, ("x", y), ("target", s.Input("wanted", made, size, size)))[0]);
    });

    private static Graph Joint(Generator.Graphs.ModelGraphs model)
    {
        var graph = model.Training with { Outputs = [] };
        graph = ReverseMode.Apply(graph, [.. graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Id)]);
        return ChannelsLast.Apply(InlineMaps.Apply(CopyResults.Apply(EliminateDeadNodes.Apply(graph)), Compiled.Options), Compiled.Options);
    }

    private static long Operations(Graph graph) => graph.Nodes.OfType<ComputeNode>().Where(n => n.Combine == Combine.Sum).Sum(n => n.CountOperations());
}
