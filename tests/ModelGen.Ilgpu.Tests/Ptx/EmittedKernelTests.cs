using ModelGen.Gpu.Tests.Emit;
using ModelGen.Ilgpu.Tests.Emit;

namespace ModelGen.Ilgpu.Tests.Ptx;

/// <summary>What the text of good kernels has; <see cref="Texts.KernelTextTests"/> looks for what it must not have.</summary>
public sealed class EmittedKernelTests
{
    [Fact]
    public void Products_ReadSharedMemoryFourAtATime()
    {
        var kernel = new EmittedModel(Networks.Large()).Kernels.Single(k => k.Method.Name == "Kernel4_Conv2d");
        var ptx = PtxText.Of(kernel.Method, kernel.Threads);
        Assert.Equal(32, ptx.Split("ld.shared.v4").Length - 1);
    }
}
