using Series;

namespace ModelGen.Samples.Tests.Runs;

public sealed class SeriesTests : IDisposable
{
    readonly string _csv = Path.GetTempFileName();

    public void Dispose() => File.Delete(_csv);

    [Fact]
    public void Column_OfAFile_IsForecastAndDrawn()
    {
        File.WriteAllLines(_csv, ["month,a,b", .. Enumerable.Range(0, 160).Select(i => FormattableString.Invariant($"{i},{Math.Sin(i * 0.4):F4},0"))]);
        using var run = new SampleRun();
        Assert.Equal(0, run.Run(SeriesApp.Run, "--csv", _csv, "--column", "A", "--epochs", "2"));
        Assert.Equal("", run.Error);
        Assert.Contains("naive forecast", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("<svg", run.Read("series.svg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x\n1\ntwo\n", "line 3: expected a number in column 'x', got 'two'")]
    [InlineData("x,y\n1\n", "line 2 has 1 cells, the header has 2")]
    [InlineData("x\n1\n2\n", "the series 'x' has 2 values; 108 are needed for windows of 36")]
    [InlineData("", "the file is empty")]
    public void BadFile_IsOneLineThatSaysWhere(string text, string message)
    {
        File.WriteAllText(_csv, text);
        using var run = new SampleRun();
        Assert.Equal(2, run.Run(SeriesApp.Run, "--csv", _csv));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void UnknownColumn_NamesTheOnesThereAre()
    {
        File.WriteAllText(_csv, "day,load\n1,2\n");
        using var run = new SampleRun();
        Assert.Equal(2, run.Run(SeriesApp.Run, "--csv", _csv, "--column", "price"));
        Assert.Contains("has the columns day, load", run.Error, StringComparison.Ordinal);
    }
}
