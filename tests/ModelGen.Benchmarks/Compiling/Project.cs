using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator;

namespace ModelGen.Benchmarks.Compiling;

/// <summary>A project of one model as the C# compiler sees it, with the generator in this process.</summary>
internal static class Project
{
    const string ModelFile = "Model.cs", OtherFile = "Other.cs";

    static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(IsReferenced).Append(typeof(ModelAttribute).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The model and an unrelated file.</summary>
    public static CSharpCompilation Create() => CSharpCompilation.Create(
        "Zoo",
        [Tree(FiftyLayers.Declaration, ModelFile), Tree(FiftyLayers.Unrelated, OtherFile)],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true));

    /// <summary>The project after an edit of the model's file.</summary>
    public static CSharpCompilation WithModel(CSharpCompilation project, string text) => Replace(project, ModelFile, text);

    /// <summary>The project after an edit of the other file.</summary>
    public static CSharpCompilation WithOther(CSharpCompilation project, string text) => Replace(project, OtherFile, text);

    /// <summary>A generator that has not run yet and tells of its steps.</summary>
    public static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    static bool IsReferenced(string path) =>
        Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file is "netstandard.dll" or "mscorlib.dll");

    static CSharpCompilation Replace(CSharpCompilation project, string file, string text) =>
        project.ReplaceSyntaxTree(project.SyntaxTrees.Single(tree => tree.FilePath == file), Tree(text, file));

    static SyntaxTree Tree(string text, string file) => CSharpSyntaxTree.ParseText(text, Parse, file);
}
