using System.CommandLine;
using Samples;

namespace Spiral;

/// <summary>The sample as a function of its arguments, so that tests run it as a person does.</summary>
internal static class SpiralApp
{
    /// <summary>Runs the sample.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="error">Receives one line when something is wrong with the input.</param>
    /// <param name="stop">Ends training after the step that is running.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        var epochs = SampleOptions.WholeNumber("--epochs", "Passes over the points.", 800, 1, 100_000);
        var points = SampleOptions.WholeNumber("--points", "Points on each spiral.", 200, 2, 100_000);
        var learningRate = SampleOptions.LearningRate(0.01f);
        var seed = SampleOptions.Seed("Decides weights, order and noise: the same seed gives the same picture.");
        var folder = SampleOptions.Out("the picture and the weights");
        var root = new RootCommand("Learns to tell two spirals apart and draws how the network unrolls them.") { epochs, points, learningRate, seed, folder };
        return SampleApp.Guard("spiral", error, () => SampleApp.Parse(root, args, output, error, result => Run(
            result.GetValue(epochs), result.GetValue(points), result.GetValue(learningRate), result.GetValue(seed), result.GetValue(folder)!,
            new Terminal(output), stop)));
    }

    static int Run(int epochs, int points, float learningRate, uint seed, string path, Terminal terminal, CancellationToken stop)
    {
        OutputFolder folder = OutputFolder.Open(path);
        Spirals spirals = Spirals.Wind(points, turns: 1.75f, noise: 0.015f, seed);
        Dataset data = spirals.ToDataset();
        using var net = new SpiralNet(seed);
        const int batch = 32;
        var trainer = new Trainer<SpiralNet>(net, new AdamW(learningRate, weightDecay: 0.1f))
        {
            BatchSize = batch,
            Seed = seed,
            // Each picture has its own line.
            ShowProgress = false,
            // A step of so small a network is done before a second thread has begun.
            Threads = 1,
            Schedule = new CosineSchedule(learningRate, checked((data.Count + batch - 1) / batch * epochs)),
        };
        terminal.WriteLine(ProgressLine.Text($"{net.Info.Name}, {net.Info.ParameterCount:N0} parameters, {spirals.Count:N0} points on two spirals"));

        List<Snapshot> snapshots = [Snapshot.Of(net, spirals, 0)];
        foreach (int until in Moments(epochs))
        {
            TrainingHistory history = trainer.Fit(data, until - snapshots[^1].Epoch, cancellationToken: stop);
            if (history.Epochs.Count == 0)
                break;
            Snapshot snapshot = Snapshot.Of(net, spirals, snapshots[^1].Epoch + history.Epochs.Count);
            snapshots.Add(snapshot);
            terminal.WriteLine(ProgressLine.Text($"epoch {snapshot.Epoch}/{epochs}  loss {history.Epochs[^1].TrainLoss:F4}  ",
                $"{ProgressLine.Percent(snapshot.Accuracy)} on the right side"));
            if (stop.IsCancellationRequested)
                break;
        }

        string weights = folder.PathOf("spiral.safetensors"), picture = folder.PathOf("spiral.svg");
        SafeTensors.Save(weights, net.Parameters);
        File.WriteAllText(picture, SnapshotSheet.Draw(snapshots, spirals));
        terminal.WriteLine($"weights: {weights}");
        terminal.WriteLine($"picture: {picture}");
        return stop.IsCancellationRequested ? SampleApp.Interrupted : SampleApp.Success;
    }

    /// <summary>When to draw: most happens early.</summary>
    static IEnumerable<int> Moments(int epochs) =>
        ((double[])[0.02, 0.06, 0.16, 0.4, 1]).Select(part => Math.Max(1, (int)Math.Round(part * epochs))).Distinct();
}
