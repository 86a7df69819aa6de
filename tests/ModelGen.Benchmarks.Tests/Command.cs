using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ModelGen.Benchmarks.Tests;

/// <summary>A program run to its end.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>The folder of the benchmarks' sources and scripts.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "ModelGen.Benchmarks"));

    /// <summary>Runs a program; null where it is not installed.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="environment">Variables to set.</param>
    public static Command? Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Command(process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static string Here([CallerFilePath] string path = "") => path;
}
