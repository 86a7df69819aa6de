using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Emit.Gpu;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;
using ModelGen.Tests.Emit;

namespace ModelGen.Gpu.Tests.Emit;

public class GpuEmitterTests(Xunit.Abstractions.ITestOutputHelper log)
{
    [Theory]
    [InlineData("LeNet")]
    [InlineData("BatchNorm")]
    public void Step_OnTheDevice_IsTheCpusStep(string network)
    {
        using var model = new EmittedGpuModel(network == "LeNet" ? Networks.LeNet() : Networks.Residual());
        var (loss, gradients) = model.DifferenceFromTheCpu(samples: 8);
        log.WriteLine(FormattableString.Invariant($"{network}: loss {loss:E2}, gradients {gradients:E2} of the largest of each tensor"));
        Assert.True(loss < 1e-5 && gradients < 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(70)]
    public void Mlp_MatchesInterpreter(int samples) => Matches(Networks.Mlp(), samples);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void ConvNet_MatchesInterpreter(int samples) => Matches(Networks.ConvNet(), samples);

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Residual_MatchesInterpreter(int samples) => Matches(Networks.Residual(), samples);

    [Theory]
    [InlineData(33, 3)]
    [InlineData(70, 7)]
    [InlineData(300, 1)]
    public void Rows_MatchInterpreter(int width, int samples) => Matches(Networks.Rows(width), samples);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Transformer_MatchesInterpreter(int samples) => Matches(Networks.Transformer(), samples);

    [Theory]
    [InlineData("Tokens", 1)]
    [InlineData("Tokens", 5)]
    [InlineData("Recurrent", 3)]
    [InlineData("Truncated", 3)]
    public void Recurrences_MatchInterpreter(string name, int samples) => Matches(EmitModels.All[name](), samples);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Positions_AreOfTheFirstMaximum(int samples) => Matches(Networks.Positions(), samples);

    [Fact]
    public void ManyArguments_ArePackedIntoStructs()
    {
        using var model = new EmittedGpuModel(Networks.ManyArguments());
        Assert.Contains("FloatViews8", model.Text, StringComparison.Ordinal);
        model.MatchesInterpreter(3);
    }

    // A data gradient whose window moves by more than the stride keeps its quotients; a product of a tensor with itself reads one view twice.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void DilatedStrides_AndProductsWithOneself_MatchInterpreter(int samples) => Matches(Networks.Unusual(), samples);

    // As the pieces of a long concatenation have them.
    [Fact]
    public void ManyStarts_ArePackedIntoStructs()
    {
        var program = ModelCompiler.LowerForGpu(Networks.ManyArguments()).Infer;
        var entry = new KernelTable([(program, new ValueNames(program.Graph))]).Entries.MaxBy(e => e.Arguments.Count)!;
        var schedule = GpuLoopSchedule.Of(GpuTarget.Large, entry.Kernel, [.. Enumerable.Range(0, entry.Arguments.Count)], isPart: false);
        var method = new GpuMethod(GpuKernelText.Of(entry, schedule));
        var writer = new CodeWriter();
        method.Write(writer);

        Assert.InRange(entry.Arguments.Count, 16, 24);
        Assert.Contains("Ints8, Ints8, Ints8", method.ParameterTypes, StringComparison.Ordinal);
        Assert.InRange(method.ParameterTypes.Split(", ").Length, 1, GpuParameters.Most);
        Assert.Contains("Start = starts2.V", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void LongSums_AreSplitOverGroups()
    {
        using var model = new EmittedGpuModel(Networks.ConvNet());
        Assert.Contains("_Combine", model.Text, StringComparison.Ordinal);
        model.MatchesInterpreter(20);
    }

    [Fact]
    public void LongRows_OfFewPoints_AreSplitIntoSteps()
    {
        using var model = new EmittedGpuModel(Networks.Residual());
        Assert.Contains("_Step2(", model.Text, StringComparison.Ordinal);
        model.MatchesInterpreter(5);
    }

    [Fact]
    public void Kernels_KeepTheRulesOfTheDevice()
    {
        foreach (var graphs in new[] { Networks.Mlp(), Networks.ConvNet(), Networks.Residual(), Networks.Rows(70), Networks.Positions(),
            Networks.ManyArguments(), Networks.Transformer(), Networks.Large() })
        {
            using var model = new EmittedGpuModel(graphs);
            Assert.Empty(model.Violations());
        }
    }

    [Fact]
    public void Text_IsTheSameEachTime()
    {
        string Emit() => Generator.Emit.Gpu.GpuFile.Emit(ModelCompiler.LowerForGpu(Networks.ConvNet()));
        Assert.Equal(Emit(), Emit());
    }

    private static void Matches(ModelGraphs graphs, int samples)
    {
        using var model = new EmittedGpuModel(graphs);
        model.MatchesInterpreter(samples);
    }
}
