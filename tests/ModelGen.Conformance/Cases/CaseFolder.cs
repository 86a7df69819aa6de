using System.IO.Compression;

namespace ModelGen.Conformance;

/// <summary>Reads vector files from a folder or a zip archive of one.</summary>
internal static class CaseFolder
{
    /// <summary>The cases of one kind of file (the name of its subfolder), in the order of their names.</summary>
    public static IReadOnlyList<ConformanceCase> Read(string path, string kind)
    {
        var cases = new List<ConformanceCase>();
        if (File.Exists(path))
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(kind + "/", StringComparison.Ordinal) && e.Name.EndsWith(".json", StringComparison.Ordinal)))
            {
                using var stream = entry.Open();
                cases.Add(ConformanceCase.Read(stream));
            }
        }
        else if (Directory.Exists(path))
        {
            var folder = Path.Combine(path, kind);
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
            {
                using var stream = File.OpenRead(file);
                cases.Add(ConformanceCase.Read(stream));
            }
        }
        else throw new DirectoryNotFoundException($"There is no folder or archive of vectors at '{path}'.");
        return cases.OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
    }
}
