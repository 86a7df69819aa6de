using System.IO.Compression;

namespace ModelGen.Conformance;

/// <summary>Reads vector files from a folder, from a zip archive of one, or one alone.</summary>
internal static class CaseFolder
{
    /// <summary>The cases of one kind of file (the name of its subfolder), in the order of their names.</summary>
    /// <exception cref="CaseFormatException">One is malformed.</exception>
    public static IReadOnlyList<ConformanceCase> Read(string path, string kind) =>
        [.. ReadAll(path).Where(f => f.Path.StartsWith(kind + "/", StringComparison.Ordinal))
            .Select(f => f.Case ?? throw new CaseFormatException($"{f.Path}: {f.Error}")).OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>All files, subfolders included, in the order of their paths; malformed ones too.</summary>
    /// <exception cref="DirectoryNotFoundException">There is neither a folder nor a file.</exception>
    public static IReadOnlyList<CaseFile> ReadAll(string path)
    {
        var files = new List<CaseFile>();
        if (File.Exists(path) && IsVector(path))
        {
            using var stream = File.OpenRead(path);
            files.Add(CaseFile.Read(Path.GetFileName(path), stream));
        }
        else if (File.Exists(path))
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries.Where(e => IsVector(e.Name)))
            {
                using var stream = entry.Open();
                files.Add(CaseFile.Read(entry.FullName, stream));
            }
        }
        else if (Directory.Exists(path))
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsVector))
            {
                using var stream = File.OpenRead(file);
                files.Add(CaseFile.Read(Path.GetRelativePath(path, file).Replace('\\', '/'), stream));
            }
        }
        else throw new DirectoryNotFoundException($"There is no file, folder or archive of vectors at '{path}'.");
        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private static bool IsVector(string file) => file.EndsWith(".json", StringComparison.Ordinal);
}
