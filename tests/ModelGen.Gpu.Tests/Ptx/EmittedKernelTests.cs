using System.Reflection;
using ModelGen.Generator.Emit;
using ModelGen.Gpu.Tests.Emit;
using ModelGen.Tests.Emit;

namespace ModelGen.Gpu.Tests.Ptx;

/// <summary>Compiles every kernel that is emitted for some networks; needs the real ILGPU and no device.</summary>
public sealed class EmittedKernelTests
{
    private const int MostThreads = 1024, Threads = 256;

    [Fact]
    public void Mlp_HasNoTrap() => HasNoTrap(Networks.Mlp());

    [Fact]
    public void ConvNet_HasNoTrap() => HasNoTrap(Networks.ConvNet());

    [Fact]
    public void Residual_HasNoTrap() => HasNoTrap(Networks.Residual());

    [Fact]
    public void Rows_HaveNoTrap() => HasNoTrap(Networks.Rows(300));

    [Fact]
    public void Positions_HaveNoTrap() => HasNoTrap(Networks.Positions());

    [Fact]
    public void ManyArguments_HaveNoTrap() => HasNoTrap(Networks.ManyArguments());

    [Fact]
    public void Transformer_HasNoTrap() => HasNoTrap(Networks.Transformer());

    [Theory]
    [InlineData("Tokens")]
    [InlineData("Recurrent")]
    public void Recurrences_HaveNoTrap(string name) => HasNoTrap(EmitModels.All[name]());

    [Fact]
    public void Large_HasNoTrap() => HasNoTrap(Networks.Large());

    [Fact]
    public void Products_ReadSharedMemoryFourAtATime()
    {
        using var model = new EmittedGpuModel(Networks.Large());
        var ptx = PtxText.Of(model.Kernels.Single(k => k.Name == "Kernel4_Conv2d"), Threads);
        Assert.Equal(32, ptx.Split("ld.shared.v4").Length - 1);
    }

    private static void HasNoTrap(ModelGraphs graphs)
    {
        using var model = new EmittedGpuModel(graphs);
        var traps = new List<string>();
        foreach (var kernel in model.Kernels)
        {
            var threads = model.Text.Contains($"GpuKernels.{kernel.Name}, new KernelSpecialization({MostThreads}", StringComparison.Ordinal) ? MostThreads : Threads;
            traps.AddRange(PtxTraps.Find(PtxText.Of(kernel, threads)).Select(trap => kernel.Name + " " + trap));
        }

        Assert.Empty(traps);
    }
}
