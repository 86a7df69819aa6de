using System.CommandLine;
using System.Diagnostics;
using Samples;

namespace TinyGpt;

/// <summary>The sample as a function of its arguments, so that tests run it as a person does.</summary>
internal static class TinyGptApp
{
    const int SampleLength = 240, ValidationWindows = 256, LeastText = 4 * CharGpt.Context;
    const float Temperature = 0.8f, TrainingPart = 0.9f;

    /// <summary>Runs the sample.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="error">Receives one line when something is wrong with the input.</param>
    /// <param name="stop">Ends training after the step that is running.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        Option<string?> text = new("--text")
        {
            Description = "A text file to learn from. Without it the sample learns this repository's own C# files.",
            HelpName = "FILE"
        };
        var steps = SampleOptions.WholeNumber("--steps", "Training steps.", 500, 1, 10_000_000);
        var batch = SampleOptions.WholeNumber("--batch", $"Windows of {CharGpt.Context} characters in a step.", 32, 1, 65_536);
        var every = SampleOptions.WholeNumber("--every", "Steps between samples of what it writes.", 100, 1, 10_000_000);
        var learningRate = SampleOptions.LearningRate(1e-3f);
        var seed = SampleOptions.Seed("Decides weights, windows and samples: the same seed gives the same run.");
        var threads = SampleOptions.Threads();
        var device = Placement.Option();
        var folder = SampleOptions.Out("the weights");
        var root = new RootCommand("Trains a small transformer to write like a text, character by character.") { text, steps, batch, every, learningRate, seed,
            threads, device, folder };
        return SampleApp.Guard("tinygpt", error, () => SampleApp.Parse(root, args, output, error, result => Run(
            new TinyGptOptions(
                result.GetValue(text), result.GetValue(steps), result.GetValue(batch), result.GetValue(every),
                result.GetValue(learningRate), result.GetValue(seed), result.GetValue(threads), result.GetValue(device), result.GetValue(folder)!),
            new Terminal(output),
            stop)), Placement.Concerns);
    }

    static int Run(TinyGptOptions options, Terminal terminal, CancellationToken stop)
    {
        int[] text = Vocabulary.Read(TextSource.Read(options.Text));
        if (text.Length < LeastText * 10)
            throw new UsageException($"--text {options.Text}: expected at least {LeastText * 10} characters, found {text.Length}");
        OutputFolder folder = OutputFolder.Open(options.Out);
        int cut = (int)(TrainingPart * text.Length);
        Dataset validation = Windows.InOrder(text.AsSpan(cut), ValidationWindows);
        using var net = new CharGpt(options.Seed);
        terminal.WriteLine(ProgressLine.Text(
            $"{net.Info.Name}, {net.Info.ParameterCount:N0} parameters, on {options.Text ?? "this repository's sources"}: ",
            $"{cut:N0} characters to learn, {text.Length - cut:N0} for validation"));

        using Placement placed = Placement.Of(net, options.Device, terminal);
        var trainer = new Trainer<IModel>(placed.Model, new AdamW(options.LearningRate))
        {
            BatchSize = options.Batch,
            Seed = options.Seed,
            // The loss and what it writes are reported every so many steps.
            ShowProgress = false,
            Threads = options.Threads,
            GradientClipNorm = 1,
            Schedule = new CosineSchedule(options.LearningRate, options.Steps),
        };
        var rng = new Rng(options.Seed, "windows");
        for (int step = 0; step < options.Steps && !stop.IsCancellationRequested;)
        {
            int steps = Math.Min(options.Every, options.Steps - step);
            Dataset windows = Windows.AtRandom(text.AsSpan(0, cut), checked(steps * options.Batch), ref rng);
            TrainingHistory history = trainer.Fit(windows, 1, cancellationToken: stop);
            step += steps;
            if (history.Epochs.Count > 0)
                Report(net, trainer, validation, history.Epochs[^1], history.WasCancelled ? "stopped" : ProgressLine.Text($"step {step}/{options.Steps}"),
                    options.Seed, terminal);
        }

        string weights = folder.PathOf("tinygpt.safetensors");
        SafeTensors.Save(weights, placed.Model.Parameters);
        terminal.WriteLine($"weights: {weights}");
        return stop.IsCancellationRequested ? SampleApp.Interrupted : SampleApp.Success;
    }

    static void Report(CharGpt net, Trainer<IModel> trainer, Dataset validation, EpochResult part, string when, uint seed, Terminal terminal)
    {
        Evaluation evaluation = trainer.Evaluate(validation);
        // A device has the weights then; the processor writes, a character at a time.
        _ = trainer.Model.Parameters;
        long started = Stopwatch.GetTimestamp();
        string written = Author.Write(net, [0], SampleLength, Temperature, seed);
        double perSecond = SampleLength / Stopwatch.GetElapsedTime(started).TotalSeconds;
        terminal.WriteLine();
        terminal.WriteLine(ProgressLine.Text(
            $"{when}  loss {part.TrainLoss:F4}  validation loss {evaluation.Loss:F4}  ",
            $"learns {part.SamplesPerSecond * CharGpt.Context:N0} characters/s, writes {perSecond:N0}/s"));
        foreach (string line in written.Trim('\n').Split('\n'))
            terminal.WriteLine("  | " + line);
    }
}
