using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using ModelGen.Benchmarks.CommandLine;
using ModelGen.Benchmarks.Measuring;
using ModelGen.Benchmarks.Suites;

namespace ModelGen.Benchmarks;

/// <summary>Times the way from nothing to a finished training step or a first prediction, and reads the memory it takes, which only a fresh
/// process can tell.</summary>
internal static class FirstStepProbe
{
    /// <summary>The hidden suite that the child process runs, before the one whose step it makes.</summary>
    public const string Command = "first-step";

    // After the first: what is allocated at once is in use by then.
    const int FurtherSteps = 4;

    /// <summary>The child: makes the model and the batch, makes some steps and prints the times of the first and the memory of all.</summary>
    public static int Run(BenchmarkOptions options, SuiteKind suite)
    {
        TrainingCase model = TrainingCase.All.Single(model => options.Cases.Contains(model.Letter.ToString(), StringComparer.Ordinal));
        using var placed = new PlacedModel(model.Make(), options.Device);
        IModel net = placed.Net;
        net.Threads = options.Threads[0];
        bool isTraining = suite == SuiteKind.Train;
        using Batch batch = model.Fill(net.Info, isTraining ? model.BatchSize : 1);
        Func<float>? train = null;
        float[] output = isTraining ? [] : new float[net.Info.OutputLength];
        Step();

        using var self = Process.GetCurrentProcess();
        double main = Stopwatch.GetElapsedTime(Program.Start).TotalMilliseconds;
        double process = (DateTime.Now - self.StartTime).TotalMilliseconds;
        double jit = JitInfo.GetCompilationTime().TotalMilliseconds;
        for (int step = 0; step < FurtherSteps; step++)
            Step();
        self.Refresh();
        Console.WriteLine(JsonSerializer.Serialize(new StartUp(
            Math.Round(main, 1), Math.Round(process, 1), Math.Round(jit, 1), Math.Round(Megabytes.Of(self.PeakWorkingSet64), 1))));
        return 0;

        void Step()
        {
            if (!isTraining)
            {
                net.Predict(batch, output);
                return;
            }
            train ??= placed.Training(batch);
            train();
        }
    }

    /// <summary>Runs the child and reads its answer; null where this program cannot start itself again.</summary>
    /// <param name="suite">Whether to train or to infer.</param>
    /// <param name="letter">The model.</param>
    /// <param name="threads">The thread count.</param>
    /// <param name="device">The device; null for the processor.</param>
    public static StartUp? Start(SuiteKind suite, char letter, int threads, string? device)
    {
        if (Environment.ProcessPath is not { } program)
            return null;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        // Started as `dotnet ModelGen.Benchmarks.dll`, the program is dotnet.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(Program).Assembly.Location);
        string[] arguments =
        [
            Command, suite == SuiteKind.Train ? "train" : "infer", "--case", letter.ToString(), "--threads", threads.ToString(CultureInfo.InvariantCulture),
            .. device is null ? [] : (string[])["--device", device],
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process child = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? JsonSerializer.Deserialize<StartUp>(answer) : null;
    }
}
