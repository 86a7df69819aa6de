using System.Runtime.CompilerServices;

namespace ModelGen.RandomPrograms;

/// <summary>Sources to damage: the examples of the diagnostics' pages, the models of the samples and the zoo, and random programs.</summary>
internal static class Corpus
{
    // Larger sources are compiled too slowly to be tried by the thousand.
    private const int MostCharacters = 12000, RandomPrograms = 150;

    /// <param name="more">A further folder of sources; null for none.</param>
    public static IReadOnlyList<string> Sources(string? more)
    {
        var root = Root();
        var pages = Directory.GetFiles(Path.Combine(root, "generator", "docs"), "MG*.md").Order(StringComparer.Ordinal).SelectMany(Examples);
        var files = new[] { Path.Combine(root, "samples"), Path.Combine(root, "runtime"), more }.OfType<string>()
            .SelectMany(f => Directory.GetFiles(f, "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText)
            .Where(t => t.Length < MostCharacters && (t.Contains("[Model", StringComparison.Ordinal) || t.Contains("[Module", StringComparison.Ordinal))
                && t.Contains("Forward(", StringComparison.Ordinal));
        var drawn = Enumerable.Range(0, RandomPrograms).Select(n => new ProgramGen().Generate(ProgramGen.Seed(n), null, out _).Source("Net" + n));
        return [.. pages, .. files, .. drawn];
    }

    private static IEnumerable<string> Examples(string page) => File.ReadAllText(page).Split("```csharp\n").Skip(1).Select(t => t.Split("```")[0]);

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
