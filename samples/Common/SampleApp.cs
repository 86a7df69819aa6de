using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Samples;

/// <summary>What the samples' programs share: the console, Ctrl-C, the command line, exit codes, mistakes in one line.</summary>
internal static class SampleApp
{
    /// <summary>Exit code: done.</summary>
    public const int Success = 0;

    /// <summary>Exit code: a mistake in the options, the data or the output folder, or training that diverged.</summary>
    public const int BadInput = 2;

    /// <summary>Exit code: ended by Ctrl-C (128 + SIGINT, as shells count).</summary>
    public const int Interrupted = 130;

    /// <summary>Runs a sample on the console; the first Ctrl-C asks it to stop, the second ends it at once.</summary>
    public static int OnConsole(string[] args, Func<string[], TextWriter, TextWriter, CancellationToken, int> run)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        return run(args, Console.Out, Console.Error, stop.Token);
    }

    /// <summary>Runs <paramref name="body"/>; what the person can mend is one line on <paramref name="error"/>.</summary>
    /// <param name="name">The sample's name, in front of the line.</param>
    /// <param name="error">Receives the line.</param>
    /// <param name="body">The sample.</param>
    /// <param name="isToBeTold">Further failures whose message is enough, if there are any.</param>
    /// <returns>The exit code.</returns>
    public static int Guard(string name, TextWriter error, Func<int> body, Predicate<Exception>? isToBeTold = null)
    {
        try
        {
            return body();
        }
        catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException or TrainingDivergedException
            || isToBeTold?.Invoke(e) == true)
        {
            error.WriteLine($"{name}: {e.Message.ReplaceLineEndings(" ")}");
            return BadInput;
        }
    }

    /// <summary>Reads the command line and runs <paramref name="run"/> on it, or writes the help that was asked for.</summary>
    /// <exception cref="UsageException">An option is unknown or its value is not acceptable.</exception>
    public static int Parse(RootCommand root, IReadOnlyList<string> args, TextWriter output, TextWriter error, Func<ParseResult, int> run)
    {
        root.SetAction(run);
        ParseResult parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
            throw new UsageException($"{parsed.Errors[0].Message.TrimEnd('.')}; --help lists the options");
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });
    }
}
