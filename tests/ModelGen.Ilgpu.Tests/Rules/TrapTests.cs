using ILGPU;
using ILGPU.Runtime;
using ModelGen.Ilgpu.Tests.Machine;
using ModelGen.Ilgpu.Tests.Texts;

namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>The rules and the machine find what is wrong, in both texts, and only that.</summary>
public sealed class TrapTests
{
    [Theory]
    [InlineData(nameof(TrapKernels.BarrierAtEnd), "stores what the pass before still loads")]
    [InlineData(nameof(TrapKernels.TwoStagesBarrierAtEnd), "stores what the pass before still loads")]
    [InlineData(nameof(TrapKernels.NoBarrierBeforeTheNextRow), "stores what the pass before still loads")]
    [InlineData(nameof(TrapKernels.BarrierAtHead), null)]
    [InlineData(nameof(TrapKernels.TwoStagesBarrierAtHead), null)]
    [InlineData(nameof(TrapKernels.TreeOfSums), null)]
    [InlineData(nameof(TrapKernels.Division), null)]
    public void Barriers_AreLookedAtInBothTexts(string kernel, string? finding)
    {
        var text = Compile(kernel);
        foreach (var steps in new[] { PtxReader.Read(text.Ptx), ClReader.Read(text.Cl) })
        {
            var findings = BarrierRule.Find(steps);
            if (finding is null) Assert.Empty(findings);
            else Assert.All(findings.DefaultIfEmpty("nothing found"), f => Assert.StartsWith(finding, f, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(nameof(TrapKernels.BarrierAtEnd), true)]
    [InlineData(nameof(TrapKernels.TwoStagesBarrierAtEnd), true)]
    [InlineData(nameof(TrapKernels.NoBarrierBeforeTheNextRow), true)]
    [InlineData(nameof(TrapKernels.BarrierAtHead), false)]
    [InlineData(nameof(TrapKernels.TwoStagesBarrierAtHead), false)]
    [InlineData(nameof(TrapKernels.TreeOfSums), false)]
    [InlineData(nameof(TrapKernels.Division), false)]
    public void Races_AreFoundWhenTheTextRuns(string kernel, bool races)
    {
        using var device = PtxDevice.Open(out var machine);
        var accelerator = device.Accelerator;
        var values = Enumerable.Range(0, 4096).Select(i => (i % 7) - 3f).ToArray();
        using var a = accelerator.Allocate1D(values);
        using var b = accelerator.Allocate1D(values);
        using var c = accelerator.Allocate1D<float>(4096);
        var method = typeof(TrapKernels).GetMethod(kernel)!.CreateDelegate<Action<ArrayView<float>, ArrayView<float>, ArrayView<float>>>();
        var launch = accelerator.LoadKernel(method, new KernelSpecialization(256, 1));
        launch(accelerator.DefaultStream, new KernelConfig(1, 256), a.View, b.View, c.View);
        Assert.Equal(races, machine.Races.Count > 0);
    }

    [Fact]
    public void Divisions_AreFoundInLoopsOnly()
    {
        var text = Compile(nameof(TrapKernels.Division));
        Assert.Equal(2, LoopRule.Find(PtxReader.Read(text.Ptx)).Count);
        Assert.Equal(2, LoopRule.Find(ClReader.Read(text.Cl)).Count);
        Assert.Empty(LoopRule.Find(PtxReader.Read(Compile(nameof(TrapKernels.BarrierAtHead)).Ptx)));
    }

    private static KernelText Compile(string kernel)
    {
        using var compiler = new KernelCompiler();
        var text = compiler.Compile(typeof(TrapKernels).GetMethod(kernel)!, 256, 1);
        Assert.Null(text.Error);
        return text;
    }
}
