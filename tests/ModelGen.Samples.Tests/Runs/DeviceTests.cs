using CifarSample;
using ModelGen.Gpu;
using TinyGpt;

namespace ModelGen.Samples.Tests.Runs;

/// <summary>The option <c>--device</c> of the samples that have it; without a GPU the answer is one line.</summary>
public class DeviceTests
{
    [Fact]
    public void MissingDevice_IsOneLine()
    {
        using var run = new SampleRun();
        Assert.Equal(2, run.Run(CifarApp.Run, "--limit", "16", "--device", "cuda:77"));
        Assert.StartsWith("cifar: --device cuda:77: There is no device \"cuda:77\". Cuda: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void NameThatIsNone_IsOneLine()
    {
        using var run = new SampleRun();
        Assert.Equal(2, run.Run(TinyGptApp.Run, "--device", "gpu"));
        Assert.Equal("tinygpt: --device: expected auto, cuda, opencl or cpu, with an index if wanted (cuda:1), got 'gpu'; --help lists the options\n",
            run.Error);
    }

    [Fact]
    public void OnADevice_WhereThereIsOne_TheSamplesTrain()
    {
        if (GpuDevice.All[0].Backend == GpuBackend.Cpu)
            return;
        using var run = new SampleRun();
        Assert.Equal(0, run.Run(CifarApp.Run, "--limit", "64", "--epochs", "1", "--batch", "16", "--device", "auto"));
        Assert.Equal("", run.Error);
        Assert.Contains("kernels loaded in", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.Run(TinyGptApp.Run, "--steps", "4", "--every", "2", "--batch", "4", "--device", "auto"));
        Assert.Contains("step 4/4", run.Output, StringComparison.Ordinal);
    }
}
