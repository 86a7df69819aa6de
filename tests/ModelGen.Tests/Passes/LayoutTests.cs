using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Passes;

/// <summary>Where values lie and when they are computed: in blocks of samples, with gaps after rows, once for all predictions.</summary>
public class LayoutTests
{
    [Fact]
    public void Prediction_OfAConvolution_TakesCopiesAlongInItsBlock()
    {
        var program = ModelCompiler.Lower(Convolution()).Infer;
        var block = Assert.Single(program.BatchLoops);
        // The change of layout of the image, three calls on tiles, and the change back.
        Assert.Equal((program.Derived, program.Calls.Count), (block.First, block.End));
        Assert.Equal(5, block.End - block.First);
        Assert.All(program.Slots, s => Assert.Equal(0, s.Place.PerSample));
        Assert.All(program.Slots.Where(s => s.Place.Region == Region.Workspace), s => Assert.False(program.Storage[s.Node].Whole.IsPerSample));
    }

    [Fact]
    public void Prediction_DerivesWhatFollowsFromParameters_AgainOnlyWhenTheyChange()
    {
        var emitted = new EmittedModel(Convolution());
        var direct = new EmittedModel(Convolution(), winogradPoints: 0);
        Assert.True(emitted.Model.Info.DerivedFloats > 0);
        Assert.Equal(2, ModelCompiler.Lower(Convolution()).Infer.Derived);
        using Batch one = emitted.Fill(3, 1), other = direct.Fill(3, 1);
        float[] actual = new float[3 * emitted.Model.Info.OutputLength], expected = new float[actual.Length];
        for (var round = 0; round < 3; round++)
        {
            foreach (var model in new[] { emitted.Model, direct.Model })
            {
                foreach (ref var w in model.Parameters["conv.weight"].Values) w *= 1.5f;
                model.Parameters.MarkChanged();
            }

            for (var again = 0; again < 2; again++)
            {
                emitted.Model.Predict(one, actual);
                direct.Model.Predict(other, expected);
                var scale = expected.Max(Math.Abs);
                Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-4f * scale));
            }
        }
    }

    [Fact]
    public void Training_OfANormalisation_DerivesNothing_AndPredictionItsScale()
    {
        var programs = ModelCompiler.Lower(EmitModels.All["Channels"]());
        Assert.Equal(0, programs.Train!.Derived);
        Assert.Equal(0, programs.Score!.Derived);
        Assert.Equal(0, ModelCompiler.LowerForGpu(EmitModels.All["Channels"]()).Infer.Derived);
    }

    [Fact]
    public void Rows_OfAMultipleOfAPowerOfTwo_HaveAGapAfterThem()
    {
        var programs = ModelCompiler.Lower(EmitModels.FarRows());
        var train = programs.Train!;
        var wide = train.Slots.Select(s => s.Node).Where(n => train.Graph[n].Shape is { Rank: 3 } shape && shape[2].Factor == 256).ToList();
        Assert.NotEmpty(wide);
        Assert.All(wide, n => Assert.Equal(EquatableArray.Of(27 * 272, 272, 1), train.Storage[n].Strides));
        // A GPU has no such caches.
        var direct = ModelCompiler.LowerForGpu(EmitModels.FarRows()).Train!;
        Assert.All(direct.Slots, s => Assert.False(direct.Storage.IsPart(s.Node) && direct.Graph[s.Node].Shape is { Rank: 3 } shape && shape[2].Factor == 256));
    }

    [Fact]
    public void GeneratedFile_SaysHowAValueLies_WhereItsShapeDoesNot()
    {
        var spread = CpuSource.Of(ModelCompiler.Lower(EmitModels.FarRows()));
        Assert.Contains("// f32[N,27,256], strides 7344 272 1\n", spread, StringComparison.Ordinal);
        Assert.Contains("// f32[N,27,300]\n", spread, StringComparison.Ordinal);
        var blocks = CpuSource.Of(ModelCompiler.Lower(Convolution()));
        Assert.Contains("// f32[N,14,14,64], for some samples at a time\n", blocks, StringComparison.Ordinal);
    }

    [Fact]
    public void Products_OfRowsFarApart_HaveThemSideBySideFirst()
    {
        var text = CpuSource.Of(ModelCompiler.Lower(EmitModels.FarRows()));
        foreach (var width in new[] { "256", "512" })
        {
            // A weight gradient reads a layer's values a block after the other, and its tasks are parts of the columns too.
            var gradient = Methods(text, $"_GradWeight_{width}(void").Where(m => m.Contains("Panels.CopyRows(", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(gradient);
            Assert.Contains(gradient, m => m.Contains("columnsFrom = ", StringComparison.Ordinal));
            // The keys of each head are turned around once for all queries; no dot product has few lanes at work.
            Assert.Contains(Methods(text, $"_{width}(void"),
                m => m.Contains("Transposition.Copy(", StringComparison.Ordinal) && m.Contains(", panel, ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(10, 256, "Linear", true)]
    [InlineData(3, 256, "Linear", true)]
    [InlineData(8, 256, "Linear", false)]
    [InlineData(14, 256, "Linear", false)]
    [InlineData(10, 128, "Linear", false)]
    [InlineData(10, 256, "Gelu", false)]
    [InlineData(10, 256, "Embedding", false)]
    public void Products_OfFewColumnsAndLongRows_AreDots(int columns, int depth, string last, bool areDots)
    {
        // Of few results of a row most lanes would idle; lanes run along the rows instead, unless what follows wants lanes itself.
        var text = CpuSource.Of(ModelCompiler.Lower(Sketch.Model("Few", s =>
        {
            var y = s.Op("Linear", s.Input("x", depth), new { outFeatures = columns }, "fc");
            return ([last switch { "Gelu" => s.Op("Gelu", y),
                "Embedding" => s.Op("Add", y, s.Op("Embedding", s.Labels("token", 9), new { count = 9, dimensions = columns }, "table")), _ => y }], null);
        })));
        foreach (var width in new[] { "256", "512" })
        {
            var tiles = System.Text.RegularExpressions.Regex.Matches(text, $@"private static void \w+_{width}_\d+x\d+\(").Count;
            Assert.NotEqual(0, tiles);
            Assert.Equal(areDots, Methods(text, $"Fc_Forward_{width}_").Any(m => m.Contains("Simd.Sum(c", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Gradient_OfPoolingAndItsMask_IsOnePassOverPairs()
    {
        var text = CpuSource.Of(ModelCompiler.Lower(Sketch.Model("Pooled", s =>
        {
            var h = s.Op("Relu", s.Op("Conv2d", s.Input("image", 1, 28, 28), new { outChannels = 6, kernel = 5, padding = 2 }, "conv"));
            return EmitModels.Classify(s, s.Op("Linear", s.Op("Flatten", s.Op("MaxPool2d", h, new { kernel = 2 })), new { outFeatures = 10 }, "fc"),
                s.Labels("digit", 10));
        })));
        foreach (var width in new[] { "256", "512" })
            Assert.Contains(Methods(text, $"MaxPool2d_GradInput_Relu_{width}(void"),
                m => m.Contains("Lanes.StorePairs(", StringComparison.Ordinal) && m.Contains($"Lanes.Even{width}(relu", StringComparison.Ordinal));
        Assert.DoesNotContain("MaxPool2d_GradInput_256(void* args", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tiles_AskForWhatFollows_WhereItLiesFarApartInALargeTensorOnly()
    {
        var wide = Sketch.Model("WideGelu", s => ([s.Op("Gelu", s.Op("Linear", s.Input("sequence", 64, 128), new { outFeatures = 512 }, "wide"))], null));
        Assert.Contains("Sse.Prefetch0(p", CpuSource.Of(ModelCompiler.Lower(wide)), StringComparison.Ordinal);
        Assert.DoesNotContain("Sse.Prefetch0(p", CpuSource.Of(ModelCompiler.Lower(EmitModels.ConvNet())), StringComparison.Ordinal);
    }

    [Fact]
    public void WeightGradient_OverAFewLoops_ReadsTheBatchAFewTimes()
    {
        // 3 channels × 5 rows of the filter: fifteen points, each of which would read the whole gradient of the result.
        var model = Sketch.Model("FewChannels", s =>
        {
            var y = s.Op("Conv2d", s.Input("image", 3, 20, 20), new { outChannels = 64, kernel = 5, bias = false }, "conv");
            return ([y], s.Call("MseLoss", "", null, ("x", y), ("target", s.Input("wanted", 64, 16, 16)))[0]);
        });
        var text = CpuSource.Of(ModelCompiler.Lower(model));
        Assert.Contains(Methods(text, "Conv_GradWeight_256(void"),
            m => m.Contains("int first = tile * 4, last = Math.Min(first + 4, 15);", StringComparison.Ordinal));
    }

    [Fact]
    public void GradientsOfGates_AreJoined_WithoutTestsOfPosition()
    {
        var graph = ModelCompiler.Lower(EmitModels.All["Recurrent"]()).Train!.Graph;
        var recurrences = Recurrences.Of(graph);
        Assert.Contains(graph.Nodes.OfType<JoinNode>(), j => recurrences[j.Id] >= 0);
        Assert.DoesNotContain(graph.Nodes.OfType<ComputeNode>().Where(c => recurrences[c.Id] >= 0 && c.Combine == Combine.None),
            c => c.Body.Loads().Any(l => l.Index.Select((i, d) => i.AlwaysInside(c.Axes, graph[l.Node].Shape[d])).Any(inside => !inside)));
    }

    private static IEnumerable<string> Methods(string text, string header) =>
        text.Split("private static ").Where(m => m.Split('\n')[0].Contains(header, StringComparison.Ordinal));

    [Theory]
    [InlineData(new[] { 0, 6, 128 }, new[] { 864, 144, 1 }, new[] { 0, 6, 4, 32 }, new[] { 864, 144, 32, 1 })]
    [InlineData(new[] { 0, 6, 128 }, new[] { 864, 144, 1 }, new[] { 0, 2, 3, 128 }, new[] { 864, 432, 144, 1 })]
    [InlineData(new[] { 0, 6, 128 }, new[] { 864, 144, 1 }, new[] { 0, 1, 6, 1, 128 }, new[] { 864, 864, 144, 128, 1 })]
    [InlineData(new[] { 0, 6, 1, 128 }, new[] { 864, 144, 144, 1 }, new[] { 0, 6, 128 }, new[] { 864, 144, 1 })]
    [InlineData(new[] { 0, 2, 3 }, new[] { 6, 3, 1 }, new[] { 0, 6 }, new[] { 6, 1 })]
    [InlineData(new[] { 0, 6, 128 }, new[] { 864, 144, 1 }, new[] { 0, 768 }, null)]
    [InlineData(new[] { 0, 6, 128 }, new[] { 864, 144, 1 }, new[] { 0, 12, 64 }, null)]
    public void View_ReachesTheSameElements_OrIsNone(int[] source, int[] strides, int[] view, int[]? expected)
    {
        static Shape Of(int[] axes) => new(axes.Select(a => a == 0 ? Axis.Batch : (Axis)a).ToEquatableArray());
        var found = Storage.View(Of(source), strides.ToEquatableArray(), Of(view));
        Assert.Equal(expected, found?.ToArray());
    }

    private static ModelGraphs Convolution() => Sketch.Model("Convolution", s =>
        ([s.Op("Conv2d", s.Input("image", 64, 14, 14), new { outChannels = 64, kernel = 3, padding = 1, bias = false }, "conv")], null));
}
