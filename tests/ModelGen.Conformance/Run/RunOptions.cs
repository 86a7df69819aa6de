using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>What the command line asks for.</summary>
/// <param name="Path">A folder of vectors, a zip archive of one, or a file.</param>
/// <param name="Filter">Part of the name or the operator of the cases to run; empty for all.</param>
/// <param name="Gpu">Whether the kernels for the GPU run.</param>
/// <param name="ShowSource">Whether the source of each model is printed.</param>
/// <param name="Isas">The widest instruction sets that kernels for the CPU use, "avx512", "avx2" and "scalar", with commas between them: each case runs with
/// each of them. What the processor has where it has less.</param>
/// <param name="Device">The GPU, as <see cref="GpuDevice.Open(string)"/> takes it; empty for the first there is, or else the simulator.</param>
internal sealed record RunOptions(string Path, string Filter = "", bool Gpu = false, bool ShowSource = false, string Isas = RunOptions.Avx512,
    string Device = "")
{
    public const string Avx512 = "avx512", Avx2 = "avx2", Scalar = "scalar";

    public const string Usage = """
        Usage: ModelGen.Conformance [PATH] [--filter TEXT] [--gpu [DEVICE]] [--isa ISAS] [--show]
          PATH           a vector file or table of numbers, a folder or zip archive of them; the project's own vectors without it
          --filter TEXT  only cases whose name or operator contains TEXT
          --gpu [DEVICE] run the kernels emitted for the GPU on auto, cuda, cuda:1, opencl or cpu (ILGPU's simulator, slow); without a name
                         on the first GPU, or else on cpu; each case is printed as it ends
          --isa ISAS     the widest instruction set to use: avx512, avx2 or scalar, or several with commas between
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
                    if (i + 1 < arguments.Count && GpuDevice.IsName(arguments[i + 1])) options = options with { Device = arguments[++i] };
                    break;
                case "--show":
                    options = options with { ShowSource = true };
                    break;
                case "--isa" when i + 1 < arguments.Count && arguments[i + 1].Split(',').All(isa => isa is Avx512 or Avx2 or Scalar):
                    options = options with { Isas = arguments[++i] };
                    break;
                case "--isa":
                    error = "--isa needs avx512, avx2 or scalar, or several of them.";
                    return null;
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
                    error = $"'{arguments[i]}' is a second path.";
                    return null;
            }
        }
        return options.Path.Length == 0 ? options with { Path = defaultPath } : options;
    }
}
