namespace ModelGen.Conformance;

/// <summary>What the command line asks for.</summary>
/// <param name="Path">A folder of vectors, or a zip archive of one.</param>
/// <param name="Filter">Part of the name or the operator of the cases to run; empty for all.</param>
/// <param name="Gpu">Whether the kernels for the GPU run.</param>
/// <param name="ShowSource">Whether the source of each model is printed.</param>
internal sealed record RunOptions(string Path, string Filter = "", bool Gpu = false, bool ShowSource = false)
{
    public const string Usage = """
        Usage: ModelGen.Conformance [DIR] [--filter TEXT] [--gpu] [--show]
          DIR            a folder (or zip archive) of vector files; the project's own without it
          --filter TEXT  only cases whose name or operator contains TEXT
          --gpu          run the kernels emitted for the GPU
          --show         print the source of each model
        """;

    /// <summary>The options; null with the reason where the arguments are none.</summary>
    public static RunOptions? Parse(IReadOnlyList<string> arguments, string defaultPath, out string error)
    {
        var options = new RunOptions("");
        error = "";
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--gpu":
                    options = options with { Gpu = true };
                    break;
                case "--show":
                    options = options with { ShowSource = true };
                    break;
                case "--filter" when i + 1 < arguments.Count:
                    options = options with { Filter = arguments[++i] };
                    break;
                case "--filter":
                    error = "--filter needs a text.";
                    return null;
                case var argument when argument.StartsWith('-'):
                    error = $"There is no option '{argument}'.";
                    return null;
                case var folder when options.Path.Length == 0:
                    options = options with { Path = folder };
                    break;
                default:
                    error = $"'{arguments[i]}' is a second folder.";
                    return null;
            }
        }
        return options.Path.Length == 0 ? options with { Path = defaultPath } : options;
    }
}
