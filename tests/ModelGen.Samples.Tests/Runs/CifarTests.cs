using CifarSample;

namespace ModelGen.Samples.Tests.Runs;

public class CifarTests
{
    [Fact]
    public void FewDrawnImages_TrainAndReport()
    {
        using var run = new SampleRun();
        Assert.Equal(0, run.Run(CifarApp.Run, "--limit", "64", "--epochs", "1", "--batch", "16"));
        Assert.Equal("", run.Error);
        Assert.Contains("64 to learn", run.Output, StringComparison.Ordinal);
        Assert.Contains("triangle", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("<svg", run.Read("learning-curve.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public void FolderWithoutFiles_IsOneLine()
    {
        using var run = new SampleRun();
        string folder = Directory.CreateTempSubdirectory("cifar-").FullName;
        Assert.Equal(2, run.Run(CifarApp.Run, "--data", folder));
        Assert.Equal($"cifar: The folder '{folder}' has no file data_batch_*.bin, plain or with .gz.\n", run.Error);
        Directory.Delete(folder);
    }
}
