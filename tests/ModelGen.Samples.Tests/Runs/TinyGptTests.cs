using TinyGpt;

namespace ModelGen.Samples.Tests.Runs;

public class TinyGptTests
{
    [Fact]
    public void Vocabulary_ReadAndWritten_IsTheSameText()
    {
        const string text = "for (int i = 0; i < n; i++)\n    x[i] ~= \"{y}\";\n";
        Assert.Equal(text, string.Concat(Vocabulary.Read(text).Select(Vocabulary.Write)));
        Assert.Equal("a    b\n¤", string.Concat(Vocabulary.Read("a\tb\r\nü").Select(Vocabulary.Write)));
        Assert.All(Enumerable.Range(0, 0x300), c => Assert.All(Vocabulary.Read(((char)c).ToString()), t => Assert.InRange(t, 0, Vocabulary.Size - 1)));
    }

    [Fact]
    public void FewSteps_OnOwnSources_LearnAndWrite()
    {
        using var run = new SampleRun();
        Assert.Equal(0, run.Run(TinyGptApp.Run, "--steps", "4", "--every", "2", "--batch", "4"));
        Assert.Equal("", run.Error);
        Assert.Contains("this repository's sources", run.Output, StringComparison.Ordinal);
        Assert.Contains("step 4/4", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Out, "tinygpt.safetensors")));
    }

    [Theory]
    [InlineData("nowhere.txt", "there is no such file")]
    [InlineData(".", "expected a file, found a folder")]
    public void NoText_IsOneLine(string path, string message)
    {
        using var run = new SampleRun();
        Assert.Equal(2, run.Run(TinyGptApp.Run, "--text", path));
        Assert.Equal($"tinygpt: --text {path}: {message}\n", run.Error);
    }
}
