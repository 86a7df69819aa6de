using Spectre.Console;

namespace Samples;

/// <summary>Where the sample writes: a terminal with moving lines and colour, or plain lines for files, pipes and tests.</summary>
internal sealed class Terminal
{
    /// <summary>Looks at where <paramref name="output"/> goes and at the environment (<c>NO_COLOR</c>, <c>TERM</c>).</summary>
    public Terminal(TextWriter output)
    {
        // Console.Out is a wrapper of its own for each redirection, so identity tells the real console from a stand-in.
        IsLive = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        bool noColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = IsLive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsLive && !noColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsLive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        IsLive &= Screen.Profile.Capabilities is { Ansi: true, Interactive: true };
        if (!IsLive)
            Screen.Profile.Width = 120;
    }

    /// <summary>Whether a line can be rewritten in place.</summary>
    public bool IsLive { get; }

    /// <summary>Writes text, tables and bars.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>Writes one line as it is: nothing in it is taken for markup, nothing is wrapped.</summary>
    public void WriteLine(string line = "") => Screen.Profile.Out.Writer.WriteLine(line);
}
