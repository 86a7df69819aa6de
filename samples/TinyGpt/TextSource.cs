using Samples;

namespace TinyGpt;

/// <summary>Where the text comes from.</summary>
internal static class TextSource
{
    static readonly string[] SourceFolders = ["generator", "runtime", "samples"];

    /// <summary>Reads a file, or the C# files of the repository the sample was built in.</summary>
    /// <exception cref="UsageException">There is no text; the message says where it was looked for.</exception>
    public static string Read(string? path)
    {
        if (path is null)
            return OwnSources();
        if (Directory.Exists(path))
            throw new UsageException($"--text {path}: expected a file, found a folder");
        if (!File.Exists(path))
            throw new UsageException($"--text {path}: there is no such file");
        return File.ReadAllText(path);
    }

    static string OwnSources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ModelGen.sln")))
                return string.Concat(SourceFolders.Select(f => Path.Combine(folder.FullName, f)).Where(Directory.Exists).SelectMany(Sources)
                    .Select(File.ReadAllText));
        throw new UsageException($"the repository's sources are not above {AppContext.BaseDirectory}; name a text with --text FILE");
    }

    static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);
}
