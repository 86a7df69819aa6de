extern alias digits;
using digits::Samples;
using Digits;

namespace ModelGen.Samples.Tests.Digits;

public class OptionsParserTests
{
    [Fact]
    public void NoArguments_GiveTheDefaults()
    {
        var expected = new DigitsOptions(
            ModelKind.LeNet, Data: null, Epochs: 8, BatchSize: 64, LearningRate: 1e-3f, Seed: 1,
            Environment.ProcessorCount, Device: null, Resume: null, Out: "out", Summary: false);
        Assert.Equal(expected, Parse());
    }

    [Fact]
    public void EveryOption_IsRead()
    {
        var expected = new DigitsOptions(ModelKind.Mlp, "some dir", 3, 32, 0.01f, 42, 2, "cuda:1", "run.ckpt", "there", Summary: true);
        Assert.Equal(expected, Parse(
            "--model", "MLP", "--data", "some dir", "--epochs", "3", "--batch", "32", "--lr", "1e-2", "--seed", "42",
            "--threads", "2", "--device", "cuda:1", "--resume", "run.ckpt", "--out", "there", "--summary"));
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs: expected a whole number from 1 to 10000, got '0'")]
    [InlineData("--epochs", "many", "--epochs: expected a whole number from 1 to 10000, got 'many'")]
    [InlineData("--epochs", "1.5", "--epochs: expected a whole number from 1 to 10000, got '1.5'")]
    [InlineData("--batch", "99999", "--batch: expected a whole number from 1 to 65536, got '99999'")]
    [InlineData("--threads", "-1", "--threads: expected a whole number from 1 to 1024, got '-1'")]
    [InlineData("--lr", "0", "--lr: expected a number above 0, at most 1, such as 0.001, got '0'")]
    [InlineData("--lr", "NaN", "--lr: expected a number above 0, at most 1, such as 0.001, got 'NaN'")]
    [InlineData("--lr", "0,001", "--lr: expected a number above 0, at most 1, such as 0.001, got '0,001'")]
    [InlineData("--seed", "-3", "--seed: expected a whole number from 0 to 4294967295, got '-3'")]
    [InlineData("--seed", "9999999999", "--seed: expected a whole number from 0 to 4294967295, got '9999999999'")]
    [InlineData("--device", "gpu", "--device: expected auto, cuda, opencl or cpu, with an index if wanted (cuda:1), got 'gpu'")]
    [InlineData("--model", "resnet", "--model: expected lenet or mlp, got 'resnet'")]
    public void BadValue_IsNamedWithWhatWasExpected(string option, string value, string message)
    {
        var error = Assert.Throws<UsageException>(() => Parse(option, value));
        Assert.Equal(message + "; --help lists the options", error.Message);
    }

    [Theory]
    [InlineData("--epoch", "3")]
    [InlineData("stray")]
    [InlineData("--epochs")]
    [InlineData("--epochs", "3", "--epochs", "4")]
    public void NotAnOption_OrOneWithoutItsValue_IsOneLine(params string[] args)
    {
        string message = Assert.Throws<UsageException>(() => Parse(args)).Message;
        Assert.Contains(args[0], message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Help_ListsEveryOptionAndRunsNothing()
    {
        var output = new StringWriter();
        int exitCode = new OptionsParser().Run(["--help"], output, TextWriter.Null, _ => throw new InvalidOperationException());
        Assert.Equal(0, exitCode);
        string[] options = ["--model", "--data", "--epochs", "--batch", "--lr", "--seed", "--threads", "--device", "--resume", "--out", "--summary"];
        foreach (string option in options)
            Assert.Contains(option, output.ToString(), StringComparison.Ordinal);
    }

    static DigitsOptions Parse(params string[] args)
    {
        DigitsOptions? read = null;
        int exitCode = new OptionsParser().Run(args, TextWriter.Null, TextWriter.Null, options =>
        {
            read = options;
            return 0;
        });
        Assert.Equal(0, exitCode);
        return read!;
    }
}
