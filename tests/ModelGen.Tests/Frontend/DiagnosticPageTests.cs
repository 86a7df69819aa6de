using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Frontend.Diagnostics;

namespace ModelGen.Tests.Frontend;

/// <summary>Each diagnostic has a page; its wrong example gives that diagnostic and its right example none.</summary>
public partial class DiagnosticPageTests
{
    // These take another assembly, or a defect; they have tests of their own.
    private static readonly string[] WithoutExample = ["MG1012", "MG9001"];

    public static TheoryData<string> Ids => [.. Descriptors.All.Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Page_Examples_GiveWhatTheyShow(string id)
    {
        var page = File.ReadAllText(Path.Combine(Folder(), id + ".md"));
        var descriptor = Descriptors.Of(id);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page);
        Assert.Contains("**What.**", page);
        Assert.Contains("**Why.**", page);
        Assert.Contains($"Severity: {descriptor.DefaultSeverity.ToString().ToLowerInvariant()}", page);
        if (WithoutExample.Contains(id)) return;

        var examples = Fence().Matches(page);
        Assert.Equal(2, examples.Count);
        Assert.Equal([id], (await Driver.Analyze(Compile(examples[0], isWrong: true))).Select(d => d.Id).Distinct());
        var right = Compile(examples[1], isWrong: false);
        Driver.AssertCompiles(right);
        Assert.Empty(await Driver.Analyze(right));
    }

    [Fact]
    public void Pages_AreThoseOfTheDescriptors_AndTheReleasesListThem()
    {
        var ids = Descriptors.All.Select(d => d.Id).ToList();
        Assert.Equal(ids, Directory.GetFiles(Folder(), "MG*.md").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal));
        var overview = File.ReadAllText(Path.Combine(Folder(), "README.md"));
        Assert.All(Descriptors.All, d => Assert.Contains($"| [{d.Id}]({d.Id}.md) | {d.Title} | {d.DefaultSeverity.ToString().ToLowerInvariant()} |", overview));
    }

    private static CSharpCompilation Compile(Match example, bool isWrong)
    {
        var source = example.Groups["code"].Value;
        if (isWrong && example.Groups["flag"].Value == "csharp-11") return Driver.Compile([("Example.cs", source)], LanguageVersion.CSharp11);
        var compilation = Driver.Compile([("Example.cs", source)]);
        return isWrong && example.Groups["flag"].Value == "no-unsafe" ? compilation.WithOptions(compilation.Options.WithAllowUnsafe(false)) : compilation;
    }

    internal static string Folder([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../generator/docs"));

    [GeneratedRegex("```csharp ?(?<flag>[a-z0-9-]*)\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
