using System.Runtime.CompilerServices;

namespace ModelGen.Tests.Architecture;

/// <summary>The C# that is written by hand, by its place in the repository.</summary>
internal static class SourceFiles
{
    /// <summary>The files under a folder, with their paths relative to it, in the order of those.</summary>
    /// <param name="folder">From the root of the repository, with slashes.</param>
    public static IEnumerable<(string File, string Text)> Under(string folder)
    {
        var root = Path.Combine(Root(), folder);
        foreach (var path in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            // What builds have written, and the snapshots, of which the generator is the author.
            if (!file.Split('/').Any(part => part is "obj" or "bin" or "Snapshots")) yield return (file, File.ReadAllText(path));
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
