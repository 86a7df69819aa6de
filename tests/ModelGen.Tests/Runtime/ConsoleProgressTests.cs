namespace ModelGen.Tests.Runtime;

public sealed class ConsoleProgressTests
{
    private static readonly TrainingProgress Halfway = new(
        2, 3, 50, 100, 0.123456f, 0.01f, 12345.6, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(75));

    private static readonly EpochResult Epoch = new(2, 0.25f, 0.5f, 0.875f, 1.25, 1000, 0.01f, true)
    {
        Metrics = new Dictionary<string, double> { ["val_f1"] = 0.75 },
    };

    [Fact]
    public void Redirected_ALineForEachEpoch()
    {
        var output = new StringWriter();
        var progress = new ConsoleProgress(output, isTerminal: false, hasColor: true);
        progress.Report(Halfway);
        Assert.Equal("", output.ToString());
        progress.OnEpochEnd(null!, Epoch);
        progress.OnEnd(null!, new TrainingHistory());
        Assert.Equal(
            "epoch 2/3  loss 0.2500  val_loss 0.5000  val_accuracy 0.8750  val_f1 0.7500  1,000 samples/s  1.2 s" + Environment.NewLine, output.ToString());

        // A long epoch shows that it is alive.
        output.GetStringBuilder().Clear();
        progress.Show(Halfway);
        Assert.Equal("epoch 2/3  50/100  loss 0.1235  12,346 samples/s  1:15 left" + Environment.NewLine, output.ToString());
    }

    [Fact]
    public void Terminal_ABarThatTheNextLineCovers()
    {
        var output = new StringWriter();
        var progress = new ConsoleProgress(output, isTerminal: true, hasColor: false, columns: 100);
        progress.Show(Halfway);
        Assert.Equal("\repoch 2/3 ━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌ 50/100  loss 0.1235  12,346 samples/s  1:15 left", output.ToString());
        var shown = output.ToString().Length - 1;
        output.GetStringBuilder().Clear();
        progress.Show(Halfway with { Remaining = TimeSpan.FromHours(2), Loss = 1000 });
        progress.Show(Halfway);
        Assert.Contains("2:00:00 left", output.ToString());
        Assert.EndsWith("1:15 left" + new string(' ', "1000.0000".Length - "0.1235".Length + "2:00:00".Length - "1:15".Length), output.ToString());
        output.GetStringBuilder().Clear();
        progress.OnEpochEnd(null!, Epoch with { ValidationLoss = null, ValidationAccuracy = null, Metrics = new Dictionary<string, double>() });
        Assert.StartsWith("\repoch 2/3  loss 0.2500  1,000 samples/s  1.2 s ", output.ToString());
        Assert.Equal(shown + 1 + Environment.NewLine.Length, output.ToString().Length);
    }

    [Fact]
    public void Terminal_ColorsTheBarAndNoMoreThanFits()
    {
        var output = new StringWriter();
        new ConsoleProgress(output, isTerminal: true, hasColor: true, columns: 100).Show(Halfway);
        Assert.StartsWith("\repoch 2/3 \u001b[32m━━━━━━━━━━\u001b[0m╌", output.ToString());
        output = new StringWriter();
        new ConsoleProgress(output, isTerminal: true, hasColor: false, columns: 40).Show(Halfway);
        Assert.Equal(1 + 39, output.ToString().Length);
    }

    [Fact]
    public void OnEnd_SaysHowItEnded()
    {
        var output = new StringWriter();
        var progress = new ConsoleProgress(output, isTerminal: false, hasColor: false);
        var history = new TrainingHistory { StoppedEarly = true };
        progress.OnEnd(null!, history);
        history.Add(Epoch with { IsComplete = false });
        progress.OnEnd(null!, history);
        Assert.Equal(["stopped early", "stopped in epoch 2  loss 0.2500", ""], output.ToString().Split(Environment.NewLine));
    }
}
