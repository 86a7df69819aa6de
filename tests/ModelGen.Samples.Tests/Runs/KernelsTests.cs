using KernelsSample;

namespace ModelGen.Samples.Tests.Runs;

public class KernelsTests
{
    [Fact]
    public void Gaussian_IsFoundAgain()
    {
        using var run = new SampleRun();
        Assert.Equal(0, run.Run(KernelsApp.Run, "--kernel", "gaussian", "--epochs", "30"));
        Assert.Equal("", run.Error);
        Assert.Contains("  0.2500", run.Output, StringComparison.Ordinal);
        string difference = run.Output.Split("difference of a weight ")[1].Split('\n')[0];
        Assert.InRange(float.Parse(difference, System.Globalization.CultureInfo.InvariantCulture), 0, 0.02f);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(run.Out, "kernels.png"))[..4]);
    }

    [Fact]
    public void UnknownKernel_NamesTheOnesThereAre()
    {
        using var run = new SampleRun();
        Assert.Equal(2, run.Run(KernelsApp.Run, "--kernel", "blur"));
        Assert.Equal("kernels: --kernel: expected one of identity, edge, sharpen, box, gaussian, got 'blur'; --help lists the options\n", run.Error);
    }
}
