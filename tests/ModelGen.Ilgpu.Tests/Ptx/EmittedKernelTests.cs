using ModelGen.Generator.Emit;
using ModelGen.Gpu.Tests.Emit;
using ModelGen.Ilgpu.Tests.Emit;
using ModelGen.Tests.Emit;

namespace ModelGen.Ilgpu.Tests.Ptx;

/// <summary>Compiles every kernel that is emitted for some networks; needs no device.</summary>
public sealed class EmittedKernelTests
{
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
        var kernel = new EmittedModel(Networks.Large()).Kernels.Single(k => k.Method.Name == "Kernel4_Conv2d");
        var ptx = PtxText.Of(kernel.Method, kernel.Threads);
        Assert.Equal(32, ptx.Split("ld.shared.v4").Length - 1);
    }

    private static void HasNoTrap(ModelGraphs graphs) => Assert.Empty(
        new EmittedModel(graphs).Kernels.SelectMany(k => PtxTraps.Find(PtxText.Of(k.Method, k.Threads)).Select(trap => $"{k.Method.Name} {trap}")));
}
