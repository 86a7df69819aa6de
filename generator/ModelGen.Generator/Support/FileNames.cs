using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Generator.Support;

/// <summary>The names of generated files. They stand in paths too: letters, digits, dots and underscores alone, and no two the same for a file system that
/// ignores case.</summary>
internal static class FileNames
{
    /// <summary>Ends the name of the file that each model has; also of what stands in for a wrong one.</summary>
    public const string Cpu = ".g.cs";

    /// <summary>Ends the name of the file with the network for the CPU: its calls in order.</summary>
    public const string Steps = ".Steps.g.cs";

    /// <summary>Ends the name of the file with the kernels for AVX-512.</summary>
    public const string Avx512Kernels = ".Kernels.Avx512.g.cs";

    /// <summary>Ends the name of the file with the kernels for AVX2.</summary>
    public const string Avx2Kernels = ".Kernels.Avx2.g.cs";

    /// <summary>Ends the name of the file with the kernels that use no vectors.</summary>
    public const string PlainKernels = ".Kernels.Plain.g.cs";

    /// <summary>Ends the name of a model's file for ILGPU.</summary>
    public const string Gpu = ".gpu.g.cs";

    /// <summary>Ends the name of the file for checks of gradients.</summary>
    public const string Check = ".check.g.cs";

    /// <summary>Ends the name of the file that carries a module to other assemblies.</summary>
    public const string Carrier = ".ir.g.cs";

    /// <summary>Ends the name of the file that tells what each step of the compiler makes.</summary>
    public const string Passes = ".passes.g.cs";

    // Paths are limited on some systems; an identifier is not.
    private const int Longest = 100;

    /// <summary>The ends of all files that a model or a module may have.</summary>
    public static readonly IReadOnlyList<string> Suffixes = new[] { Cpu, Steps, Avx512Kernels, Avx2Kernels, PlainKernels, Gpu, Check, Carrier, Passes };

    // Names of devices, which Windows keeps to itself whatever follows the first dot.
    private static readonly string[] Devices = { "CON", "PRN", "AUX", "NUL", "COM", "LPT" };

    /// <summary>How the files of each model or module begin, by its id: the same whatever the order of the ids.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> ids)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in ids.Distinct().OrderBy(i => i, StringComparer.Ordinal))
        {
            var stem = Stem(id);
            var name = stem;
            for (var k = 2; Suffixes.Any(s => taken.Contains(name + s)); k++) name = stem + "_" + k.ToString(CultureInfo.InvariantCulture);
            foreach (var suffix in Suffixes) taken.Add(name + suffix);
            names.Add(id, name);
        }
        return names;
    }

    private static string Stem(string id)
    {
        var name = new string(id.Select(c => c == '+' ? '.' : char.IsLetterOrDigit(c) || c == '.' ? c : '_').ToArray());
        if (name.Length > Longest) name = Hash(id) + "_" + name.Substring(name.Length - Longest);
        return Devices.Contains(name.Split('.')[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), StringComparer.OrdinalIgnoreCase) ? "_" + name
            : name;
    }

    // FNV-1a: the same in every process.
    private static string Hash(string text) =>
        text.Aggregate(2166136261u, (h, c) => unchecked((h ^ c) * 16777619u)).ToString("x8", CultureInfo.InvariantCulture);
}
