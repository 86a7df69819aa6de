using System.Text.RegularExpressions;
using ModelGen.Gpu.Tests.Emit;
using ModelGen.Ilgpu.Tests.Emit;

namespace ModelGen.Ilgpu.Tests.Ptx;

/// <summary>What the text of good kernels has; <see cref="Texts.KernelTextTests"/> looks for what it must not have.</summary>
public sealed class EmittedKernelTests
{
    [Fact]
    public void Products_ReadSharedMemoryFourAtATime()
    {
        var products = new EmittedModel(Networks.Large()).Kernels.Where(k => Regex.IsMatch(k.Method.Name, @"^Conv[12]_(Forward|GradWeight)(_Relu)?(_And\d+)?$"))
            .Select(k => PtxText.Of(k.Method, k.Threads)).Where(t => t.Contains("ld.shared", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(products);
        // 8x8 sums a thread, 8 steps of k: four reads a step.
        Assert.All(products, ptx => Assert.Equal(32, ptx.Split("ld.shared.v4").Length - 1));
    }
}
