using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Generator;
using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>Compiles sources of models with the generator, in this process, many at once.</summary>
/// <param name="gpu">Whether kernels for the GPU are emitted.</param>
/// <param name="canNarrow">Whether the kernels for the CPU ask <see cref="Widest"/> which instruction sets they may use.</param>
internal sealed class SourceCompiler(bool gpu, bool canNarrow = false)
{
    private const string WidestName = "ModelGen.Conformance.Widest";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp12);

    private readonly ImmutableArray<MetadataReference> _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Append(typeof(IModel).Assembly.Location)
            .Concat(gpu ? [typeof(GpuProgram).Assembly.Location, typeof(ILGPU.Context).Assembly.Location,
                typeof(ILGPU.Algorithms.XMath).Assembly.Location] : [])
            .Distinct()
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    /// <summary>The widest instruction set that models of this process may use from here on: see <see cref="RunOptions.Isas"/>.</summary>
    public static string Widest
    {
        set => AppContext.SetData(WidestName, value);
    }

    /// <summary>Hands each compiled model to <paramref name="use"/>, and each that does not compile, with the errors, to <paramref name="fail"/>.
    /// The assembly is unloaded afterwards.</summary>
    public void Compile(IReadOnlyList<ModelSource> sources, Action<ModelSource, Type> use, Action<ModelSource, string> fail)
    {
        var left = sources.ToList();
        while (left.Count > 0)
        {
            var compilation = CSharpCompilation.Create(
                "Conformance" + Guid.NewGuid().ToString("N"), left.Select(s => CSharpSyntaxTree.ParseText(s.Text, s_parse, s.ClassName + ".cs")), _references,
                new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false,
                    nullableContextOptions: NullableContextOptions.Enable));
            CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: s_parse, optionsProvider: new AnalyzersOff())
                .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
            using var image = new MemoryStream();
            var emitted = GeneratedText.WithWarnings((CSharpCompilation)Narrowed(generated)).Emit(image);
            var errors = diagnostics.Concat(emitted.Diagnostics).Where(GeneratedText.IsWrong).ToList();
            if (errors.Count == 0)
            {
                Use(image, left, use);
                return;
            }
            // A file that does not compile takes only its own case with it.
            var wrong = left.Select(s => (Source: s, Errors: errors.Where(e => Concerns(e, s)).Take(3).ToList())).Where(w => w.Errors.Count > 0).ToList();
            if (wrong.Count == 0) wrong = left.ConvertAll(s => (s, errors.Take(3).ToList()));
            foreach (var (source, reasons) in wrong)
            {
                fail(source,
                    "does not compile: " + string.Join("; ", reasons.Select(r => $"{r.Id} {r.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")));
                left.Remove(source);
            }
        }
    }

    // The compilation whose kernels take the processor for one without the wider instruction sets.
    private Compilation Narrowed(Compilation compilation)
    {
        if (!canNarrow) return compilation;
        var widest = $"global::System.AppContext.GetData(\"{WidestName}\")";
        foreach (var tree in compilation.SyntaxTrees)
        {
            var text = tree.ToString();
            var narrowed = text.Replace("HasAvx512 => ", $"HasAvx512 => {widest} is \"{RunOptions.Avx512}\" && ", StringComparison.Ordinal)
                .Replace("HasAvx2 => ", $"HasAvx2 => {widest} is not \"{RunOptions.Scalar}\" && ", StringComparison.Ordinal);
            if (narrowed != text) compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(narrowed, s_parse, tree.FilePath));
        }
        return compilation;
    }

    private static bool Concerns(Diagnostic error, ModelSource source)
    {
        var path = error.Location.SourceTree?.FilePath ?? "";
        var file = Path.GetFileName(path);
        return file.StartsWith(source.ClassName + ".", StringComparison.Ordinal)
            || path.Length == 0 && error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)
                .Contains($"'{source.ClassName}'", StringComparison.Ordinal);
    }

    private static void Use(MemoryStream image, List<ModelSource> sources, Action<ModelSource, Type> use)
    {
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            var assembly = context.LoadFromStream(image);
            foreach (var source in sources) use(source, assembly.GetType(source.ClassName, throwOnError: true)!);
        }
        finally
        {
            context.Unload();
        }
    }

    // The generator then writes the errors of a model into its file.
    private sealed class AnalyzersOff : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = key == "build_property.RunAnalyzers" ? "false" : "";
                return value.Length > 0;
            }
        }
    }
}
