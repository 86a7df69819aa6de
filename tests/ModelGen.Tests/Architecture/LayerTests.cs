using System.Text.RegularExpressions;

namespace ModelGen.Tests.Architecture;

/// <summary>The arrows of the design: which folder of the generator may use which, read from the using lines and the qualified names.</summary>
public partial class LayerTests
{
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Support"] = [],
        ["Targets"] = ["Support"],
        ["Expressions"] = ["Support"],
        ["Graphs"] = ["Support", "Expressions"],
        ["Ops"] = ["Expressions", "Graphs"],
        ["Autodiff"] = ["Support", "Expressions", "Graphs"],
        ["Programs"] = ["Support", "Expressions", "Graphs"],
        // Passes that weigh costs are given the target; they know no numbers of their own.
        ["Passes"] = ["Support", "Expressions", "Graphs", "Programs", "Targets"],
        ["Frontend"] = ["Support", "Expressions", "Graphs", "Ops"],
        ["Lowering"] = ["Support", "Expressions", "Graphs", "Programs", "Lowering.Cpu", "Lowering.Gpu"],
        // Nested, so what Lowering itself says (memory, sums in blocks) is in scope without an arrow.
        ["Lowering.Cpu"] = ["Support", "Expressions", "Graphs", "Programs", "Targets"],
        ["Lowering.Gpu"] = ["Support", "Expressions", "Graphs", "Programs", "Targets"],
        // The emitters print what has been decided; they read the graph for names and comments.
        ["Emit.Common"] = ["Support", "Expressions", "Graphs", "Programs"],
        ["Emit.Api"] = ["Support", "Expressions", "Graphs", "Programs", "Targets", "Lowering", "Emit.Common"],
        ["Emit.Cpu"] = ["Support", "Expressions", "Graphs", "Programs", "Targets", "Lowering", "Lowering.Cpu", "Emit.Common", "Emit.Api"],
        ["Emit.Gpu"] = ["Support", "Expressions", "Graphs", "Programs", "Lowering", "Lowering.Gpu", "Emit.Common", "Emit.Api"],
        ["Compile"] =
        [
            "Support", "Graphs", "Autodiff", "Passes", "Programs", "Targets", "Lowering", "Lowering.Cpu", "Lowering.Gpu", "Emit.Common", "Emit.Cpu", "Emit.Gpu",
        ],
    };

    [Fact]
    public void Generator_KeepsItsArrows()
    {
        var wrong = Arrows().Where(a => !s_mayUse[a.From].Contains(a.To)).Select(a => $"{a.File}: {a.From} uses {a.To}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryArrow_IsUsed()
    {
        var used = Arrows().Select(a => (a.From, a.To)).ToHashSet();
        var unused = s_mayUse.SelectMany(layer => layer.Value.Select(to => (From: layer.Key, To: to))).Where(a => !used.Contains(a))
            .Select(a => $"{a.From} does not use {a.To}");

        Assert.Empty(unused);
    }

    // Which layer uses which, from the using lines and the qualified names of each file.
    private static IEnumerable<(string File, string From, string To)> Arrows()
    {
        foreach (var (file, text) in Files())
        {
            if (Namespace().Match(text) is not { Success: true } own || LayerOf(own.Groups[1].Value) is not { } from) continue;
            foreach (var to in Used().Matches(text).Select(m => LayerOf(m.Groups[1].Value)).OfType<string>().Distinct())
                if (to != from) yield return (file, from, to);
        }
    }

    // The longest name of a layer that a namespace, or a type in it, begins with.
    private static string? LayerOf(string name) =>
        s_mayUse.Keys.Where(layer => name == layer || name.StartsWith(layer + ".", StringComparison.Ordinal)).OrderByDescending(layer => layer.Length)
            .FirstOrDefault();

    [Fact]
    public void OnlyTheFrontendAndTheRoot_KnowTheCompiler()
    {
        var wrong = Files().Where(f => f.Text.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal) && NamespaceOf(f.Text) is not ("" or "Frontend"))
            .Select(f => f.File);

        Assert.Empty(wrong);
    }

    [Fact]
    public void TheEvaluatorAndTheIr_DoNotKnowTheCompiler()
    {
        var wrong = Files().Where(f => f.Text.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            && (f.File.StartsWith("Frontend/Ir/", StringComparison.Ordinal) || f.File.StartsWith("Frontend/Evaluation/", StringComparison.Ordinal)))
            .Select(f => f.File);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespaces_FollowTheFolders()
    {
        var renamed = new Dictionary<string, string> { ["Graph"] = "Graphs", ["Program"] = "Programs" };
        var wrong = Files().Where(f => f.File.Contains('/') && !f.Text.Contains("namespace System", StringComparison.Ordinal)
            && Namespace().Match(f.Text).Groups[1].Value is var own && f.File.Split('/')[..^1] is var folders
            && own != string.Join('.', folders.Select(folder => renamed.GetValueOrDefault(folder) ?? folder))).Select(f => f.File);

        Assert.Empty(wrong);
    }

    private static string NamespaceOf(string text) => Namespace().Match(text) is { Success: true } m ? m.Groups[1].Value.Split('.')[0] : "";

    private static IEnumerable<(string File, string Text)> Files() => SourceFiles.Under("generator/ModelGen.Generator");

    [GeneratedRegex(@"^namespace ModelGen\.Generator(?:\.([\w.]+))?", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"ModelGen\.Generator\.([\w.]+)")]
    private static partial Regex Used();
}
