using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Conformance;

/// <summary>The generated files of a compilation: what they say, and what the compiler says of them.</summary>
internal static class GeneratedText
{
    /// <summary>Where a size makes a branch, a label or a variable superfluous; names, comments and attributes that are the person's.</summary>
    private const string Harmless = "#pragma warning disable CS0162, CS0164, CS0168, CS0219, CS0612, CS0618, CS1573, CS1591, CS8981";

    /// <summary>The text with the warnings that it turns off for the project turned on again, but for the harmless ones.</summary>
    public static string WithWarnings(string text) => text.Replace("#pragma warning disable ", Harmless + " ", StringComparison.Ordinal);

    public static IEnumerable<SyntaxTree> Trees(Compilation compilation) => compilation.SyntaxTrees.Where(IsGenerated);

    /// <summary>The compilation with all warnings of its generated files turned on, but for the harmless ones.</summary>
    public static CSharpCompilation WithWarnings(CSharpCompilation compilation)
    {
        foreach (var tree in Trees(compilation).ToList())
            compilation = compilation.ReplaceSyntaxTree(tree,
                CSharpSyntaxTree.ParseText(WithWarnings(tree.ToString()), (CSharpParseOptions)tree.Options, tree.FilePath));
        return compilation;
    }

    /// <summary>Whether the build of a project should know nothing of this: an error anywhere, or a warning that stands in a generated file.</summary>
    public static bool IsWrong(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error
        || diagnostic is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false, Location.SourceTree: { } tree } && IsGenerated(tree);

    /// <summary>What is wrong with a compilation, each with its line.</summary>
    public static IReadOnlyList<string> Complaints(CSharpCompilation compilation) => [.. WithWarnings(compilation).GetDiagnostics().Where(IsWrong)
        .Select(d => $"{d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim()}: "
            + $"{d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)} ({d.Id})").Take(20)];

    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath.Contains("ModelGen.Generator.ModelGenerator", StringComparison.Ordinal);

    /// <summary>All words of the generated files that are names.</summary>
    public static IReadOnlyCollection<string> Words(Compilation compilation) =>
        [.. Trees(compilation).SelectMany(t => t.GetRoot().DescendantTokens(descendIntoTrivia: false)).Where(t => t.IsKind(SyntaxKind.IdentifierToken))
            .Select(t => t.ValueText).Distinct().Order(StringComparer.Ordinal)];
}
