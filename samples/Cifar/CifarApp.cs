using System.CommandLine;
using Samples;

namespace CifarSample;

/// <summary>The sample as a function of its arguments, so that tests run it as a person does.</summary>
internal static class CifarApp
{
    /// <summary>Runs the sample.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="error">Receives one line when something is wrong with the input.</param>
    /// <param name="stop">Ends training after the step that is running.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        Option<string?> data =
            new("--data")
            {
                Description = "A folder with CIFAR-10's binary files (data_batch_*.bin, test_batch*.bin; .gz or plain). "
                    + "Without it the sample draws images itself.",
                HelpName = "DIR"
            };
        var limit = SampleOptions.WholeNumber("--limit", "The most training images to use.", 50_000, 1, 1_000_000);
        var epochs = SampleOptions.WholeNumber("--epochs", "Passes over the training set.", 5, 1, 10_000);
        var batch = SampleOptions.WholeNumber("--batch", "Images in a training step.", 64, 2, 65_536);
        var learningRate = SampleOptions.LearningRate(3e-3f);
        var seed = SampleOptions.Seed("Decides weights, order and drawn images: the same seed gives the same run.");
        var threads = SampleOptions.Threads();
        var augment = new Option<bool>("--augment") { Description = "Shift and mirror the training images at random." };
        var device = Placement.Option();
        var folder = SampleOptions.Out("the weights and the learning curve");
        var root = new RootCommand("Trains a small residual network on colour images of 32×32 pixels.") { data, limit, epochs, batch, learningRate, seed,
            threads, augment, device, folder };
        return SampleApp.Guard("cifar", error, () => SampleApp.Parse(root, args, output, error, result => Run(
            new CifarOptions(
                result.GetValue(data), result.GetValue(limit), result.GetValue(epochs), result.GetValue(batch), result.GetValue(learningRate),
                result.GetValue(seed), result.GetValue(threads), result.GetValue(augment), result.GetValue(device), result.GetValue(folder)!),
            new Terminal(output),
            stop)), Placement.Concerns);
    }

    static int Run(CifarOptions options, Terminal terminal, CancellationToken stop)
    {
        CifarData data = CifarData.Load(options.Data, options.Limit, options.Seed);
        OutputFolder folder = OutputFolder.Open(options.Out);
        using var net = new SmallResNet(options.Seed);
        terminal.WriteLine(ProgressLine.Text(
            $"{net.Info.Name}, {net.Info.ParameterCount:N0} parameters, on {options.Data ?? "drawn images"}: ",
            $"{data.Train.Count:N0} to learn, {data.Test.Count:N0} to test"));

        using Placement placed = Placement.Of(net, options.Device, terminal);
        var progress = new ProgressReport(terminal);
        int stepsPerEpoch = (data.Train.Count + options.Batch - 1) / options.Batch;
        var trainer = new Trainer<IModel>(placed.Model, new AdamW(options.LearningRate))
        {
            BatchSize = options.Batch,
            Seed = options.Seed,
            Threads = options.Threads,
            Schedule = new CosineSchedule(options.LearningRate, checked(stepsPerEpoch * options.Epochs)),
            Callbacks = { progress },
        };
        IDataSource train = options.Augment ? data.Train.Augment(new RandomFlip(), new RandomCrop(padding: 4)) : data.Train;
        TrainingHistory history = progress.Follow(() => trainer.Fit(train, options.Epochs, progress: progress, cancellationToken: stop));

        Evaluation test = trainer.Evaluate(data.Test);
        ConfusionMatrix matrix = test.ConfusionMatrix!;
        terminal.WriteLine();
        terminal.WriteLine(
            ProgressLine.Text($"test loss {test.Loss:F4}, test accuracy {ProgressLine.Percent(matrix.Accuracy)} of {data.Test.Count:N0} images"));
        for (int c = 0; c < data.Names.Count; c++)
            terminal.WriteLine(
                ProgressLine.Text($"  {data.Names[c],-12}{ProgressLine.Percent(matrix.Recall(c)),9} found{MostMistakenFor(matrix, c, data.Names)}"));

        string weights = folder.PathOf("cifar.safetensors");
        SafeTensors.Save(weights, placed.Model.Parameters);
        terminal.WriteLine($"weights: {weights}");
        if (history.Epochs.Count > 0)
        {
            string curve = folder.PathOf("learning-curve.svg");
            LearningCurveSvg.Save(curve, history, $"{net.Info.Name}: learning curve");
            terminal.WriteLine($"learning curve: {curve}");
        }
        return stop.IsCancellationRequested ? SampleApp.Interrupted : SampleApp.Success;
    }

    static string MostMistakenFor(ConfusionMatrix matrix, int truth, IReadOnlyList<string> names)
    {
        int worst = Enumerable.Range(0, matrix.Classes).Where(c => c != truth).MaxBy(c => matrix[truth, c]);
        return matrix[truth, worst] == 0 ? "" : $", otherwise mostly taken for {names[worst]}";
    }
}
