using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.CommandLine;

/// <summary>Reads the command line.</summary>
internal sealed class OptionsParser
{
    const string SuiteNames = "train|infer|gemm|conv|elementwise|data|generator";

    readonly Argument<SuiteKind[]> _suites = new("suites")
    {
        Description = $"What to measure: {SuiteNames}.",
        HelpName = SuiteNames,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseSuites,
    };

    readonly Option<string[]> _cases = new("--case")
    {
        Description = "Models A to G for train and infer, parts of case names for the others, with commas between. Without it: all.",
        HelpName = "A,B",
        DefaultValueFactory = _ => [],
        CustomParser = argument => [.. Parts(argument)],
    };

    readonly Option<int[]> _threads = new("--threads")
    {
        Description = "Thread counts, with commas between.",
        HelpName = "1,2",
        DefaultValueFactory = _ => [1],
        CustomParser = ParseThreads,
    };

    readonly Option<bool> _table = new("--table") { Description = "Print an aligned table at the end, not a JSON line for each case." };

    readonly Option<bool> _peak = new("--peak")
    {
        Description = "Measure the machine's peak of multiply-adds and its read bandwidths too, and give GFLOP/s as a fraction of the peak.",
    };

    readonly Option<double> _seconds = new("--seconds")
    {
        Description = "About how long each case is sampled; the warm-up takes a quarter more.",
        HelpName = "S",
        DefaultValueFactory = _ => 2,
        CustomParser = ParseSeconds,
    };

    readonly Option<string?> _device = new("--device")
    {
        Description = "Measure train and infer on a device: auto, cuda, cuda:1, opencl or cpu (ILGPU's simulator). Without it: the processor.",
        HelpName = "DEVICE",
        CustomParser = ParseDevice,
    };

    /// <summary>Reads <paramref name="args"/> and hands the options to <paramref name="run"/>, or writes help or the mistake.</summary>
    /// <returns>The exit code: that of <paramref name="run"/>, 0 after help, 1 after a mistake.</returns>
    public int Run(string[] args, Func<BenchmarkOptions, int> run)
    {
        var root = new RootCommand("Measures what ModelGen emits, and the generator itself. One JSON line for each case.")
        {
            _suites, _cases, _threads, _table, _peak, _seconds, _device,
        };
        root.SetAction(result => run(new BenchmarkOptions(
            result.GetValue(_suites)!,
            result.GetValue(_cases)!,
            result.GetValue(_threads)!,
            result.GetValue(_table),
            result.GetValue(_peak),
            result.GetValue(_seconds),
            result.GetValue(_device))));
        return root.Parse(args).Invoke();
    }

    static SuiteKind[] ParseSuites(ArgumentResult argument)
    {
        var suites = new List<SuiteKind>();
        foreach (Token token in argument.Tokens)
        {
            string name = token.Value;
            if (name == FirstStepProbe.Command)
                suites.Add(SuiteKind.FirstStep);
            else if (SuiteNames.Split('|').Contains(name, StringComparer.Ordinal))
                suites.Add(Enum.Parse<SuiteKind>(name, ignoreCase: true));
            else
                argument.AddError($"expected {SuiteNames}, got '{name}'");
        }
        return [.. suites];
    }

    static int[] ParseThreads(ArgumentResult argument)
    {
        var counts = new List<int>();
        foreach (string part in Parts(argument))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= 1024)
                counts.Add(count);
            else
                argument.AddError($"--threads: expected whole numbers from 1 to 1024, got '{part}'");
        }
        return [.. counts];
    }

    static double ParseSeconds(ArgumentResult argument)
    {
        string text = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : "";
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || !(seconds is > 0 and <= 600))
            argument.AddError($"--seconds: expected a number of seconds up to 600, got '{text}'");
        return seconds;
    }

    static string? ParseDevice(ArgumentResult argument)
    {
        string text = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : "";
        if (!GpuDevice.IsName(text))
            argument.AddError($"--device: expected auto, cuda, opencl or cpu, with an index if wanted (cuda:1), got '{text}'");
        return text;
    }

    static IEnumerable<string> Parts(ArgumentResult argument) => argument.Tokens.SelectMany(
        token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
