using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Generator;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Frontend.Evaluation;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Frontend.Lowering;
using ModelGen.Generator.Graphs;
using ModelGen.Gpu;

namespace ModelGen.RandomPrograms;

/// <summary>Compiles programs, many at once, and runs them.</summary>
internal sealed class ProgramTrials(TrialOptions options)
{
    private const string InternalError = "MG9001";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp12);

    private static readonly SyntaxTree s_usings = CSharpSyntaxTree.ParseText("global using ModelGen; global using static ModelGen.Nn;", s_parse, "Usings.cs");

    private readonly CSharpCompilation _empty = CSharpCompilation.Create(
        "RandomPrograms", [s_usings],
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
                .Append(typeof(IModel).Assembly.Location)
                .Concat(options.Gpu ? [typeof(GpuProgram).Assembly.Location, typeof(ILGPU.Context).Assembly.Location,
                    typeof(ILGPU.Algorithms.XMath).Assembly.Location] : [])
                .Distinct()
                .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
        ],
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false,
            nullableContextOptions: NullableContextOptions.Enable));

    public long Compared { get; private set; }

    public long Undecided { get; private set; }

    /// <summary>What failed, by the program's place in the list; null for what did not.</summary>
    /// <param name="seed">Draws the numbers.</param>
    public IReadOnlyList<Failure?> Run(IReadOnlyList<RandomProgram> programs, int seed)
    {
        var failures = new Failure?[programs.Count];
        var left = Enumerable.Range(0, programs.Count).ToList();
        while (left.Count > 0)
        {
            var trees = left.ToDictionary(i => i, i => CSharpSyntaxTree.ParseText(programs[i].Source(ClassOf(i)), s_parse, ClassOf(i) + ".cs"));
            var compilation = _empty.AddSyntaxTrees(trees.Values);
            var wrong = new Dictionary<int, Failure>();
            byte[] Image() => Assembly(compilation, left, wrong);
            var image = options.Known is null ? Image() : options.Known(string.Concat(trees.Values), Image);
            if (image.Length == 0 && wrong.Count == 0) image = Image();
            if (wrong.Count == 0)
            {
                RunAll(compilation, image, left, programs, seed, failures);
                return failures;
            }
            foreach (var (i, failure) in wrong)
            {
                failures[i] = failure.Kind == InternalError ? Explained(compilation, ClassOf(i), failure) : failure;
                left.Remove(i);
            }
        }
        return failures;
    }

    private static string ClassOf(int program) => "P" + program.ToString(CultureInfo.InvariantCulture);

    // Empty where something is wrong.
    private byte[] Assembly(CSharpCompilation compilation, List<int> left, Dictionary<int, Failure> wrong)
    {
        var generated = Generate(compilation, left, wrong);
        if (wrong.Count > 0) return [];
        using var image = new MemoryStream();
        foreach (var d in generated.Emit(image).Diagnostics.Where(IsWrong)) Blame(d, left, wrong);
        return wrong.Count > 0 ? [] : image.ToArray();
    }

    private CSharpCompilation Generate(CSharpCompilation compilation, List<int> left, Dictionary<int, Failure> wrong)
    {
        var driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: s_parse, optionsProvider: new AnalyzersOff());
        var result = driver.RunGenerators(compilation).GetRunResult();
        foreach (var d in result.Diagnostics) Blame(d, left, wrong);
        foreach (var e in result.Results.Select(r => r.Exception).OfType<Exception>())
            foreach (var i in left) wrong[i] = new(e.GetType().Name, e.ToString());
        var trees = options.OnePath && wrong.Count == 0 ? OnePath.Of(result.GeneratedTrees) : result.GeneratedTrees;
        return compilation.AddSyntaxTrees(trees);
    }

    // Whatever the compiler says of the program or of what was generated for it.
    private static bool IsWrong(Diagnostic d) => d.Severity == DiagnosticSeverity.Error || d.Severity == DiagnosticSeverity.Warning && !d.IsSuppressed;

    private static void Blame(Diagnostic diagnostic, List<int> left, Dictionary<int, Failure> wrong)
    {
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        var file = Path.GetFileName(diagnostic.Location.SourceTree?.FilePath ?? "");
        // An error of ours stands in the generated file as #error.
        var kind = diagnostic.Id == "CS1029" ? message.Split(':')[0].Trim('\'', ' ', '#') : diagnostic.Id;
        kind = kind.Replace("error ", "", StringComparison.Ordinal);
        if (message.Contains(InternalError, StringComparison.Ordinal)) kind = InternalError;
        List<int> blamed =
            [.. left.Where(i => file.StartsWith(ClassOf(i) + ".", StringComparison.Ordinal)
                || file.Length == 0 && message.Contains($"'{ClassOf(i)}'", StringComparison.Ordinal))];
        foreach (var i in blamed.Count > 0 ? blamed : left) wrong.TryAdd(i, new(kind, $"{diagnostic.Id} {diagnostic.Location.GetLineSpan()} {message}"));
    }

    // The exception behind an internal error, with the place where it was thrown.
    private static Failure Explained(CSharpCompilation compilation, string name, Failure failure)
    {
        try
        {
            _ = ModelCompiler.Files(Graphs(compilation, name), new(Gpu: true));
            return failure;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var place = e.StackTrace?.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("at ModelGen.", StringComparison.Ordinal)) ?? "";
            return new($"{InternalError} {e.GetType().Name} {place.Split('(')[0]}", e.ToString());
        }
    }

    private static ModelGraphs Graphs(CSharpCompilation compilation, string name)
    {
        ModuleIr? Lowered(string id) => compilation.GetTypeByMetadataName(id) is { } t ? ModuleLowering.Lower(t, compilation, default).Ir : null;
        var evaluated = Evaluator.Run(Lowered(name)!, Lowered);
        return new("", name, evaluated.Training!, evaluated.Evaluation!);
    }

    private void RunAll(CSharpCompilation compilation, byte[] image, List<int> left, IReadOnlyList<RandomProgram> programs, int seed, Failure?[] failures)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            var assembly = context.LoadFromStream(new MemoryStream(image));
            foreach (var i in left)
            {
                try
                {
                    failures[i] = RunOne(compilation, assembly.GetType(ClassOf(i), throwOnError: true)!, programs[i], seed + i);
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    failures[i] = new(e.GetType().Name, e.ToString());
                }
            }
        }
        finally
        {
            context.Unload();
        }
    }

    private Failure? RunOne(CSharpCompilation compilation, Type type, RandomProgram program, int seed)
    {
        var graphs = Graphs(compilation, type.Name);
        var model = (IModel)Activator.CreateInstance(type)!;
        using var _ = model as IDisposable;
        model.Threads = 1;
        var trial = new ModelTrial(graphs, model, program.Samples);
        var difference = trial.Difference(model, seed);
        Failure? failure = difference is null ? null : new("difference", difference);
        if (failure is null && options.Gpu)
        {
            using var device = GpuDevice.Open(GpuBackend.Cpu);
            using var session = new GpuSession<IGpuModel>((IGpuModel)model, device);
            difference = trial.Difference(session, seed);
            if (difference is not null) failure = new("difference on the GPU", difference);
        }
        Compared += trial.Compared;
        Undecided += trial.Undecided;
        return failure;
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
