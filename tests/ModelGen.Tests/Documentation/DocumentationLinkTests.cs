using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ModelGen.Generator.Compile;

namespace ModelGen.Tests.Documentation;

/// <summary>What the pages of the repository refer to exists, and the architecture page names each pass.</summary>
public partial class DocumentationLinkTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    public static TheoryData<string> Pages => [.. FindPages().Select(p => Path.GetRelativePath(s_root, p).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void RelativeLinks_LeadToSomething(string page)
    {
        var path = Path.Combine(s_root, page);
        var broken = RelativeLinks(File.ReadAllText(path)).Where(link => !LeadsToSomething(path, link));

        Assert.Empty(broken);
    }

    // A theory over pages that were not found would pass.
    [Fact]
    public void Pages_AreFound()
    {
        var pages = FindPages().Select(p => Path.GetRelativePath(s_root, p).Replace('\\', '/')).ToHashSet();

        Assert.Superset(
            new HashSet<string>
            {
                "README.md", "generator/docs/architecture.md", "runtime/ModelGen.Gpu/README.md", "samples/Digits/README.md",
                "tests/ModelGen.Benchmarks/README.md",
            },
            pages);
        Assert.NotEmpty(RelativeLinks(File.ReadAllText(Path.Combine(s_root, "README.md"))));
    }

    [Theory]
    [InlineData("[a](nowhere.md)", "nowhere.md", false)]
    [InlineData("[a](glossary.md#memory)", "glossary.md#memory", true)]
    [InlineData("[a](glossary.md#no-such-heading)", "glossary.md#no-such-heading", false)]
    [InlineData("[a](../../samples)", "../../samples", true)]
    public void Link_IsFollowed(string text, string link, bool leadsToSomething)
    {
        Assert.Equal([link], RelativeLinks(text));
        Assert.Equal(leadsToSomething, LeadsToSomething(Path.Combine(s_root, "generator/docs/architecture.md"), link));
    }

    [Fact]
    public void ArchitecturePage_NamesEachPass_WithItsIdea_InTheirOrder()
    {
        var page = File.ReadAllText(Path.Combine(s_root, "generator/docs/architecture.md"));
        var places = Pipeline.Preparation.Concat(Pipeline.Passes)
            .Select(s => (s.Name, At: page.IndexOf($"| `{s.Name}` | {s.Idea}", StringComparison.Ordinal))).ToList();

        Assert.All(places, p => Assert.True(p.At >= 0, p.Name));
        Assert.Equal(places.OrderBy(p => p.At), places);
    }

    private static IEnumerable<string> FindPages()
    {
        string[] folders = ["generator/docs", ".github"], parents = ["runtime", "samples", "tests"];
        return folders.Select(f => Path.Combine(s_root, f)).Where(Directory.Exists).SelectMany(f => Directory.GetFiles(f, "*.md"))
            .Concat(parents.SelectMany(p => Directory.GetDirectories(Path.Combine(s_root, p))).Select(d => Path.Combine(d, "README.md")).Where(File.Exists))
            .Append(Path.Combine(s_root, "README.md"));
    }

    private static IEnumerable<string> RelativeLinks(string text) =>
        Link().Matches(Code().Replace(text, "")).Select(m => m.Groups["target"].Value).Where(t => !Scheme().IsMatch(t));

    private static bool LeadsToSomething(string page, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])));
        if (parts.Length == 1) return File.Exists(target) || Directory.Exists(target);
        return File.Exists(target) && Heading().Matches(Code().Replace(File.ReadAllText(target), "$1")).Any(m => Anchor(m.Groups["text"].Value) == parts[1]);
    }

    // As GitHub makes it from a heading.
    private static string Anchor(string heading) => NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    // Blocks of code go; of code in a line its text stays where it is asked for.
    [GeneratedRegex(@"^```.*?^```|`([^`\n]*)`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:")]
    private static partial Regex Scheme();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor();
}
