extern alias digits;
using System.Globalization;
using System.Text.RegularExpressions;
using digits::Samples;
using Digits;

namespace ModelGen.Samples.Tests.Digits;

public sealed partial class DigitsAppTests : IDisposable
{
    readonly IdxFolder _data = new();
    readonly string _out = Path.Combine(Path.GetTempPath(), $"digits-out-{Guid.NewGuid():N}");
    readonly StringWriter _output = new(), _error = new();

    public void Dispose()
    {
        _data.Dispose();
        if (Directory.Exists(_out))
            Directory.Delete(_out, recursive: true);
    }

    [Theory]
    [InlineData("lenet", false)]
    [InlineData("mlp", true)]
    public void SmallRun_WritesWeightsAndCurve_AndPlainText(string model, bool compressed)
    {
        if (compressed)
            _data.Compress();
        Assert.Equal(SampleApp.Success, Run(model, "--epochs", "2"));
        Assert.Equal("", _error.ToString());
        Assert.Equal(
            ["learning-curve.svg", $"{model}.safetensors", "report.html"],
            Directory.GetFiles(_out).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(_out, "learning-curve.svg")).TrimStart(), StringComparison.Ordinal);
        string text = _output.ToString();
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\r', text.ReplaceLineEndings("\n"));
        Assert.Contains("epoch 2/2", text, StringComparison.Ordinal);
        Assert.Contains("test accuracy", text, StringComparison.Ordinal);
        Assert.Contains("confusion matrix", text, StringComparison.Ordinal);
    }

    [Fact]
    public void SameSeed_GivesSameWeights_ForAnyThreadCount()
    {
        byte[] Weights(string threads)
        {
            Assert.Equal(SampleApp.Success, Run("lenet", "--epochs", "1", "--threads", threads));
            return File.ReadAllBytes(Path.Combine(_out, "lenet.safetensors"));
        }
        Assert.Equal(Weights("1"), Weights("2"));
    }

    [Fact]
    public void CtrlC_StillEvaluatesAndSaves()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Equal(SampleApp.Interrupted, DigitsApp.Run(Args("lenet"), _output, _error, stop.Token));
        Assert.True(File.Exists(Path.Combine(_out, "lenet.safetensors")));
        Assert.Contains("test accuracy", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("mlp")]
    public void Summary_ShowsLayersAndDiagram_AndWritesNothing(string model)
    {
        Assert.Equal(SampleApp.Success, Run(model, "--summary"));
        Assert.Contains("Linear", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("flowchart", _output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_out));
    }

    [Fact]
    public void BadOption_IsOneLine()
    {
        Assert.Equal(SampleApp.BadInput, Run("lenet", "--epochs", "0"));
        Assert.Equal(
            "digits: --epochs: expected a whole number from 1 to 10000, got '0'; --help lists the options\n",
            _error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void OutIsAFile_IsRefusedBeforeTraining()
    {
        File.WriteAllText(_out, "mine");
        try
        {
            AssertRefused(_out, "expected a folder, found a file");
            Assert.Equal("mine", File.ReadAllText(_out));
        }
        finally
        {
            File.Delete(_out);
        }
    }

    [Fact]
    public void MissingFolder_IsNamed()
    {
        string folder = _data.File("nowhere");
        Assert.Equal(SampleApp.BadInput, DigitsApp.Run(["--data", folder, "--out", _out], _output, _error));
        AssertOneLine(folder);
    }

    [Theory]
    [InlineData(IdxFolder.TrainImages)]
    [InlineData(IdxFolder.TrainLabels)]
    [InlineData(IdxFolder.TestImages)]
    [InlineData(IdxFolder.TestLabels)]
    public void MissingFile_IsNamed(string name)
    {
        File.Delete(_data.File(name));
        AssertRefused(name);
    }

    [Theory]
    [InlineData(IdxFolder.TrainImages)]
    [InlineData(IdxFolder.TestLabels)]
    public void TruncatedFile_IsNamed(string name)
    {
        _data.Edit(name, bytes => bytes[..^5]);
        AssertRefused(_data.File(name));
    }

    [Fact]
    public void TruncatedHeader_IsNamed()
    {
        _data.Edit(IdxFolder.TrainImages, bytes => bytes[..7]);
        AssertRefused(_data.File(IdxFolder.TrainImages));
    }

    [Fact]
    public void WrongMagic_SaysWhatItIsAndWhatWasExpected()
    {
        _data.Edit(IdxFolder.TrainImages, bytes => [0, 0, 8, 1, .. bytes[4..]]);
        AssertRefused(_data.File(IdxFolder.TrainImages), "2051", "2049");
    }

    [Fact]
    public void CountMismatch_NamesBothCounts()
    {
        _data.WriteLabels(IdxFolder.TrainLabels, new int[59]);
        AssertRefused("60", "59");
    }

    [Fact]
    public void LabelOutsideClasses_IsNamed()
    {
        _data.Edit(IdxFolder.TrainLabels, bytes => [.. bytes[..^1], 10]);
        AssertRefused("10");
    }

    [Fact]
    public void EmptyDataSet_IsRefused()
    {
        _data.WriteImages(IdxFolder.TrainImages, []);
        _data.WriteLabels(IdxFolder.TrainLabels, []);
        AssertRefused(_data.File(IdxFolder.TrainImages));
    }

    [Fact]
    public void PicturesOfAnotherSize_AreRefused()
    {
        _data.WriteImages(IdxFolder.TrainImages, new byte[60 * 20 * 20], side: 20);
        _data.WriteImages(IdxFolder.TestImages, new byte[20 * 20 * 20], side: 20);
        AssertRefused("28");
    }

    /// <summary>What the README promises of the command without options.</summary>
    [Fact]
    public void DefaultRun_ReadsDrawnDigits()
    {
        Assert.Equal(SampleApp.Success, DigitsApp.Run(["--out", _out], _output, _error));
        Match accuracy = TestAccuracy().Match(_output.ToString());
        Assert.True(accuracy.Success, _output.ToString());
        Assert.InRange(double.Parse(accuracy.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 97, 100);
    }

    [GeneratedRegex(@"test accuracy ([0-9.]+) %")]
    private static partial Regex TestAccuracy();

    string[] Args(string model, params string[] more) =>
        ["--model", model, "--data", _data.Path, "--out", _out, "--batch", "16", .. more];

    int Run(string model, params string[] more) => DigitsApp.Run(Args(model, more), _output, _error);

    void AssertRefused(params string[] named)
    {
        Assert.Equal(SampleApp.BadInput, Run("mlp", "--epochs", "1"));
        AssertOneLine(named);
        Assert.False(Directory.Exists(_out), "the output folder was made although the input is bad");
    }

    void AssertOneLine(params string[] named)
    {
        string text = _error.ToString();
        Assert.StartsWith("digits: ", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd().Split('\n'));
        Assert.All(named, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }
}
