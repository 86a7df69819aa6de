using System.Runtime.CompilerServices;

namespace ModelGen.Tests.Runtime;

/// <summary>The sources of the runtime that are too repetitive to be written by hand.</summary>
internal static class WrittenFiles
{
    /// <summary>Gets what each file should be, by its path from the runtime's folder.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new[] { CountsText.File() }.Concat(TeamForText.Files()).ToDictionary(f => f.Path, f => f.Text);

    /// <summary>Returns where a file lies.</summary>
    public static string Path(string name) => System.IO.Path.Combine(Root(), "runtime/ModelGen/Runtime", name);

    private static string Root([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../../.."));
}
