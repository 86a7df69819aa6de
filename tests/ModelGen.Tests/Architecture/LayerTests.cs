using System.Text.RegularExpressions;

namespace ModelGen.Tests.Architecture;

/// <summary>The arrows of the design: which folder of the generator may use which, read from the using lines and the qualified names.</summary>
public partial class LayerTests
{
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Support"] = [],
        ["Expressions"] = ["Support"],
        ["Graphs"] = ["Support", "Expressions"],
        ["Ops"] = ["Support", "Expressions", "Graphs"],
        ["Autodiff"] = ["Support", "Expressions", "Graphs", "Ops"],
        ["Programs"] = ["Support", "Expressions", "Graphs"],
        ["Passes"] = ["Support", "Expressions", "Graphs", "Ops", "Autodiff", "Programs"],
        ["Frontend"] = ["Support", "Expressions", "Graphs", "Ops"],
        // The emitters print programs; they call the passes to get them, and read the graph for names and comments.
        ["Emit"] = ["Support", "Expressions", "Graphs", "Autodiff", "Programs", "Passes"],
    };

    [Fact]
    public void Generator_KeepsItsArrows()
    {
        var wrong = new List<string>();
        foreach (var (file, text) in Files())
        {
            if (NamespaceOf(text) is not { Length: > 0 } own || !s_mayUse.TryGetValue(own, out var allowed)) continue;
            foreach (var used in Used().Matches(text).Select(m => m.Groups[1].Value).Distinct())
                if (used != own && s_mayUse.ContainsKey(used) && !allowed.Contains(used)) wrong.Add($"{file}: {own} uses {used}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void OnlyTheFrontendAndTheRoot_KnowTheCompiler()
    {
        var wrong = Files().Where(f => f.Text.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal) && NamespaceOf(f.Text) is not ("" or "Frontend")).Select(f => f.File);

        Assert.Empty(wrong);
    }

    [Fact]
    public void TheEvaluatorAndTheIr_DoNotKnowTheCompiler()
    {
        var wrong = Files().Where(f => f.Text.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            && (f.File.StartsWith("Frontend/Ir/", StringComparison.Ordinal) || f.File.StartsWith("Frontend/Evaluation/", StringComparison.Ordinal))).Select(f => f.File);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespaces_FollowTheFolders()
    {
        var renamed = new Dictionary<string, string> { ["Graph"] = "Graphs", ["Program"] = "Programs" };
        var wrong = Files().Where(f => f.File.Contains('/') && !f.Text.Contains("namespace System", StringComparison.Ordinal)
            && NamespaceOf(f.Text) is var own && f.File.Split('/')[0] is var folder && own != (renamed.GetValueOrDefault(folder) ?? folder)).Select(f => f.File);

        Assert.Empty(wrong);
    }

    private static string NamespaceOf(string text) => Namespace().Match(text) is { Success: true } m ? m.Groups[1].Value : "";

    private static IEnumerable<(string File, string Text)> Files([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../generator/ModelGen.Generator"));
        foreach (var path in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (!file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal)) yield return (file, File.ReadAllText(path));
        }
    }

    [GeneratedRegex(@"^namespace ModelGen\.Generator(?:\.(\w+))?", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"ModelGen\.Generator\.(\w+)")]
    private static partial Regex Used();
}
