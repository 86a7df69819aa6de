using System.CommandLine;
using Samples;

namespace KernelsSample;

/// <summary>The sample as a function of its arguments, so that tests run it as a person does.</summary>
internal static class KernelsApp
{
    const int Images = 256, Shown = 4, BatchSize = 16, Pixels = Filters.Size * Filters.Size;

    /// <summary>Runs the sample.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="error">Receives one line when something is wrong with the input.</param>
    /// <param name="stop">Ends training after the step that is running.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        string names = string.Join(", ", KernelTable.All.Select(k => k.Name));
        Option<string> kernel = new("--kernel")
        {
            Description = $"The kernel to find: {names}.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "sharpen",
            CustomParser = argument =>
            {
                string text = SampleOptions.Text(argument);
                if (KernelTable.All.All(k => k.Name != text))
                    argument.AddError($"--kernel: expected one of {names}, got '{text}'");
                return text;
            },
        };
        var epochs = SampleOptions.WholeNumber("--epochs", "Passes over the images.", 100, 1, 100_000);
        var learningRate = SampleOptions.LearningRate(0.05f);
        var seed = SampleOptions.Seed("Decides weights, order and images: the same seed gives the same run.");
        var folder = SampleOptions.Out("the picture");
        var root = new RootCommand("Runs images through handmade kernels, and finds one of them again by learning.") { kernel, epochs, learningRate,
            seed, folder };
        return SampleApp.Guard("kernels", error, () => SampleApp.Parse(root, args, output, error, result => Run(
            result.GetValue(kernel)!, result.GetValue(epochs), result.GetValue(learningRate), result.GetValue(seed), result.GetValue(folder)!,
            new Terminal(output), stop)));
    }

    static int Run(string kernel, int epochs, float learningRate, uint seed, string path, Terminal terminal, CancellationToken stop)
    {
        OutputFolder folder = OutputFolder.Open(path);
        float[] images = DrawnImages.Draw(Images, seed);
        float[][] filtered = Filter(images);
        int chosen = Array.FindIndex(KernelTable.All, k => k.Name == kernel);

        using var net = new Learner(seed);
        var trainer = new Trainer<Learner>(net, new Adam(learningRate))
        {
            BatchSize = BatchSize,
            Seed = seed,
            // The table at the end tells more than a line for each epoch.
            ShowProgress = false,
            // Nine weights: a second thread would only wait.
            Threads = 1,
            Schedule = new CosineSchedule(learningRate, checked(Images / BatchSize * epochs)),
        };
        terminal.WriteLine(ProgressLine.Text($"{net.Info.Name}, {net.Info.ParameterCount} weights, looks for '{kernel}' in {Images} images"));
        TrainingHistory history = trainer.Fit(Dataset.FromArrays(images, [1, Filters.Size, Filters.Size], filtered[chosen], [1, Filters.Size, Filters.Size]),
            epochs, cancellationToken: stop);

        float[] found = net.Parameters["conv.weight"].Values.ToArray(), made = KernelTable.All[chosen].Weights;
        terminal.WriteLine();
        terminal.WriteLine($"{"handmade",-30}found");
        for (int row = 0; row < 3; row++)
            terminal.WriteLine(Row(made, row) + "      " + Row(found, row));
        terminal.WriteLine();
        if (history.Epochs.Count > 0)
            terminal.WriteLine(ProgressLine.Text($"mean squared difference {history.Epochs[^1].TrainLoss:G3}, ",
                $"largest difference of a weight {made.Zip(found, (a, b) => Math.Abs(a - b)).Max():G3}"));

        var learned = new float[images.Length];
        net.Predict(images, learned);
        string picture = folder.PathOf("kernels.png");
        File.WriteAllBytes(picture, ContactSheet.Draw([images, .. filtered, learned], Shown));
        terminal.WriteLine($"picture: {picture} (columns: image, {string.Join(", ", KernelTable.All.Select(k => k.Name))}, found)");
        return stop.IsCancellationRequested ? SampleApp.Interrupted : SampleApp.Success;
    }

    /// <summary>The images through each of the kernels.</summary>
    static float[][] Filter(float[] images)
    {
        using var filters = new Filters();
        using var batch = new Batch(filters.Info, Images) { Count = Images };
        images.CopyTo(batch.Floats(0));
        int kernels = KernelTable.All.Length;
        var rows = new float[Images * kernels * Pixels];
        filters.Predict(batch, rows);
        // A row holds the outputs of one image, one after the other.
        var byKernel = new float[kernels][];
        for (int k = 0; k < kernels; k++)
        {
            byKernel[k] = new float[images.Length];
            for (int i = 0; i < Images; i++)
                rows.AsSpan((i * kernels + k) * Pixels, Pixels).CopyTo(byKernel[k].AsSpan(i * Pixels));
        }
        return byKernel;
    }

    static string Row(float[] weights, int row) => string.Concat(weights.Skip(3 * row).Take(3).Select(w => ProgressLine.Text($"{w,8:F4}")));
}
