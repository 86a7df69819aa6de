using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Generator;
using ModelGen.Generator.Frontend.Evaluation;
using ModelGen.Generator.Frontend.Lowering;

namespace ModelGen.Tests.Frontend;

/// <summary>Compiles, lowers, evaluates, loads and runs sources in this process.</summary>
internal static class Driver
{
    public static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Linq; global using ModelGen; global using static ModelGen.Nn;";

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Append(typeof(ModelAttribute).Assembly.Location)
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpCompilation Compile(string source) => Compile([("Test.cs", source)]);

    public static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files, string name = "Test", params MetadataReference[] more) =>
        Compile(files, Parse, name, more);

    public static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files, LanguageVersion version) => Compile(files, new(version), "Test", []);

    private static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files, CSharpParseOptions parse, string name, MetadataReference[] more) =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings, parse, "Usings.cs"), .. files.Select(f => CSharpSyntaxTree.ParseText(f.Text, parse, f.Path))],
            [.. References, .. more],
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true, concurrentBuild: false));

    public static void AssertCompiles(Compilation compilation)
    {
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    /// <summary>Lowers and evaluates one model of a compilation.</summary>
    public static EvaluationResult Evaluate(CSharpCompilation compilation, string model) =>
        Evaluator.Run(Lower(compilation, model)!.Ir, id => Lower(compilation, id)?.Ir);

    public static EvaluationResult Evaluate(string source, string model = "M")
    {
        var compilation = Compile(source);
        AssertCompiles(compilation);
        var result = Evaluate(compilation, model);
        Assert.True(result.Training is not null, string.Join("\n", result.Findings));
        return result;
    }

    public static LoweredModule? Lower(CSharpCompilation compilation, string id)
    {
        if (compilation.GetTypeByMetadataName(id) is not { } type) return null;
        if (type.DeclaringSyntaxReferences.Length > 0) return ModuleLowering.Lower(type, compilation, default);
        return ExternalModules.Read(type) is { } ir ? new(ir, []) : null;
    }

    public static GeneratorDriver NewGenerator(params (string Property, string Value)[] properties) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        optionsProvider: new Properties(properties),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The compilation with its generated files. Runs the generator again with a comment added, which must change nothing.</summary>
    public static CSharpCompilation Generate(CSharpCompilation compilation, params (string Property, string Value)[] properties)
    {
        var driver = NewGenerator(properties).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        Assert.Empty(diagnostics);
        var file = compilation.SyntaxTrees.Last();
        var commented = compilation.ReplaceSyntaxTree(file, CSharpSyntaxTree.ParseText("// A comment.\n" + file, Parse, file.FilePath));
        var again = driver.RunGenerators(commented).GetRunResult().Results[0];
        Assert.Null(again.Exception);
        Assert.All(Reasons(again.TrackedOutputSteps), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
        return (CSharpCompilation)generated;
    }

    /// <summary>How the outputs of steps came about. The values themselves stay out of assertions: printing a graph takes for ever.</summary>
    public static IReadOnlyList<IncrementalStepRunReason> Reasons(ImmutableDictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> steps) =>
        [.. steps.SelectMany(k => k.Value).SelectMany(s => s.Outputs).Select(o => o.Reason)];

    public static async Task<ImmutableArray<Diagnostic>> Analyze(CSharpCompilation compilation) =>
        [.. (await compilation.WithAnalyzers([new ModelAnalyzer()]).GetAnalyzerDiagnosticsAsync()).OrderBy(d => d.Location.SourceSpan.Start)
            .ThenBy(d => d.Id, StringComparer.Ordinal)];

    /// <summary>Emits the compilation, loads it, runs <paramref name="body"/> on it and lets it go.</summary>
    public static T Run<T>(Compilation compilation, Func<Assembly, T> body)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            return body(context.LoadFromStream(image));
        }
        finally
        {
            context.Unload();
        }
    }

    private sealed class Properties((string Property, string Value)[] values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options((string Property, string Value)[] values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = values.FirstOrDefault(v => "build_property." + v.Property == key).Value ?? "";
                return value.Length > 0;
            }
        }
    }
}
