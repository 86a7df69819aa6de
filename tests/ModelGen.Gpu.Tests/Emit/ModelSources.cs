using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ModelGen.Tests.Zoo;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>The sources of all models that come with the project: those of the samples, and the zoo's in small and in full size.</summary>
internal static partial class ModelSources
{
    /// <summary>The files of each by a name.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> All = Samples().Concat(Zoo()).ToDictionary(s => s.Name, s => s.Files);

    private static readonly ConcurrentDictionary<string, Lazy<ImmutableArray<byte>>> s_images = new();

    /// <summary>The models of one of <see cref="All"/>, compiled once.</summary>
    public static ImmutableArray<byte> Image(string name) => s_images.GetOrAdd(name, n => new(() => GeneratedAssembly.Image(All[n]))).Value;

    private static IEnumerable<(string Name, IReadOnlyList<string> Files)> Zoo()
    {
        foreach (var (name, source) in ZooModels.Small) yield return (name, [source]);
        // 101 layers are those of 152 with fewer of one kind.
        foreach (var depth in (int[])[18, 34, 50, 152]) yield return ($"ResNet{depth}", [ZooModels.ResNet(depth)]);
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Files)> Samples()
    {
        foreach (var folder in Directory.GetDirectories(Folder()).Order(StringComparer.Ordinal))
        {
            var files = Directory.GetFiles(folder, "*.cs").ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);
            var needed = files.Where(f => Declaration().IsMatch(f.Value)).Select(f => f.Key).ToHashSet();
            if (needed.Count == 0) continue;
            // A file has the name of its type: what the models mention, and what that mentions.
            while (needed.SelectMany(n => Word().Matches(files[n]).Select(m => m.Value)).Where(w => files.ContainsKey(w) && !needed.Contains(w))
                .ToList() is { Count: > 0 } more)
                needed.UnionWith(more);
            yield return ("samples/" + Path.GetFileName(folder), [.. needed.Order(StringComparer.Ordinal).Select(n => files[n])]);
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../samples"));

    [GeneratedRegex(@"^\[Model\b", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<!cref="")\b[A-Z]\w+")]
    private static partial Regex Word();
}
