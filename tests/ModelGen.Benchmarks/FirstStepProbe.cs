using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using ModelGen.Benchmarks.CommandLine;
using ModelGen.Benchmarks.Suites;

namespace ModelGen.Benchmarks;

/// <summary>Times the way from nothing to a finished training step, which only a fresh process can tell.</summary>
internal static class FirstStepProbe
{
    /// <summary>The hidden suite that the child process runs.</summary>
    public const string Command = "first-step";

    /// <summary>The child: makes the model and the batch, makes one step and prints the times.</summary>
    public static int Run(BenchmarkOptions options)
    {
        TrainingCase model = TrainingCase.All.Single(model => options.Cases.Contains(model.Letter.ToString(), StringComparer.Ordinal));
        IModel net = model.Make();
        net.Threads = options.Threads[0];
        using Batch batch = model.Fill(net.Info, model.BatchSize);
        net.Backward(batch, 0);
        new Adam().Step(net.Parameters);

        double main = Stopwatch.GetElapsedTime(Program.Start).TotalMilliseconds;
        double process = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        Console.WriteLine(JsonSerializer.Serialize(new StartUp(
            Math.Round(main, 1), Math.Round(process, 1), Math.Round(JitInfo.GetCompilationTime().TotalMilliseconds, 1))));
        return 0;
    }

    /// <summary>Runs the child and reads its answer; null where this program cannot start itself again.</summary>
    public static StartUp? Start(char letter, int threads)
    {
        if (Environment.ProcessPath is not { } program)
            return null;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        // Started as `dotnet ModelGen.Benchmarks.dll`, the program is dotnet.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (string argument in (string[])[Command, "--case", letter.ToString(), "--threads", threads.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        using Process child = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? JsonSerializer.Deserialize<StartUp>(answer) : null;
    }
}
