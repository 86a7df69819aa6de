using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Gpu;
using ModelGen.Generator.Frontend;
using ModelGen.Generator.Frontend.Evaluation;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Frontend.Lowering;
using ModelGen.Generator.Graphs;
using ModelGen.Gpu;
using ModelGen.Gpu.Tests.Emit;
using ModelGen.Tests.Emit;

namespace ModelGen.Ilgpu.Tests.Texts;

/// <summary>The kernels of all models that come with the project: samples, zoo (in full size too) and test models; each different one compiled once.</summary>
internal static class AllKernels
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp12);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Concat([typeof(IModel).Assembly.Location, typeof(GpuProgram).Assembly.Location, typeof(ILGPU.Context).Assembly.Location,
                typeof(ILGPU.Algorithms.XMath).Assembly.Location])
            .Distinct()
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    private static readonly Lazy<IReadOnlyList<KernelSource>> s_sources =
        new(() => [.. Files().AsParallel().AsOrdered().SelectMany(f => f.Files().SelectMany(t => KernelSource.Of(f.Model, t)))]);

    private static readonly Lazy<IReadOnlyDictionary<string, KernelText>> s_texts = new(Compile);

    /// <summary>The kernels of every model.</summary>
    public static IReadOnlyList<KernelSource> Sources => s_sources.Value;

    /// <summary>The text of each by <see cref="KernelSource.Key"/>.</summary>
    public static IReadOnlyDictionary<string, KernelText> Texts => s_texts.Value;

    /// <summary>The names of the models.</summary>
    public static IEnumerable<string> Models => Graphs().Concat(TensorGraphs()).Select(g => g.Name).Concat(ModelSources.All.Keys);

    private static IEnumerable<(string Model, Func<IEnumerable<string>> Files)> Files()
    {
        foreach (var (name, graphs) in Graphs()) yield return (name, () => [GpuFile.Emit(ModelCompiler.LowerForGpu(graphs()))]);
        foreach (var (name, graphs) in TensorGraphs())
            yield return (name, () => [GpuFile.Emit(ModelCompiler.LowerForGpu(graphs(), new(ForTensorCores: true)))]);
        foreach (var (name, files) in ModelSources.All) yield return (name, () => Declared(files).Select(g => GpuFile.Emit(ModelCompiler.LowerForGpu(g))));
    }

    // The graphs of the models that sources declare.
    private static List<ModelGraphs> Declared(IEnumerable<string> files)
    {
        var compilation = CSharpCompilation.Create(
            "Models", files.Prepend(GeneratedAssembly.Usings).Select(s => CSharpSyntaxTree.ParseText(s, s_parse)), s_references,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        ModuleIr? Lowered(string id) => compilation.GetTypeByMetadataName(id) is not { } type ? null
            : type.DeclaringSyntaxReferences.Length > 0 ? ModuleLowering.Lower(type, compilation, default).Ir : ExternalModules.Read(type);
        var models = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(t => t.GetAttributes().Any(a => a.AttributeClass?.Name == nameof(ModelAttribute)));
        return [.. models.Select(m => (Model: m, Evaluated: Evaluator.Run(Lowered(KnownSymbols.MetadataName(m))!, Lowered)))
            .Select(m => new ModelGraphs("", m.Model.Name, m.Evaluated.Training!, m.Evaluated.Evaluation!))];
    }

    private static IEnumerable<(string Name, Func<ModelGraphs> Graphs)> Graphs()
    {
        foreach (var (name, graphs) in EmitModels.All) yield return ("emit/" + name, graphs);
        yield return ("networks/Mlp", Networks.Mlp);
        yield return ("networks/LeNet", Networks.LeNet);
        yield return ("networks/ConvNet", Networks.ConvNet);
        yield return ("networks/Residual", Networks.Residual);
        yield return ("networks/Rows70", () => Networks.Rows(70));
        yield return ("networks/Rows300", () => Networks.Rows(300));
        yield return ("networks/Positions", Networks.Positions);
        yield return ("networks/ManyArguments", Networks.ManyArguments);
        yield return ("networks/Transformer", Networks.Transformer);
        yield return ("networks/Large", Networks.Large);
        yield return ("networks/Lstm128", () => Networks.Cells("Lstm", hidden: 128));
        yield return ("networks/Gru7", () => Networks.Cells("Gru"));
        yield return ("networks/Rnn200", () => Networks.Cells("Rnn", bidirectional: true, hidden: 200));
        yield return ("networks/OwnStep", () => Networks.OwnStep());
    }

    private static IEnumerable<(string Name, Func<ModelGraphs> Graphs)> TensorGraphs()
    {
        yield return ("tensor/Wide", Networks.Wide);
        yield return ("tensor/WideMlp", Networks.WideMlp);
        yield return ("tensor/LargeMatrix", Networks.LargeMatrix);
        yield return ("tensor/LargeConvolutions", Networks.LargeConvolutions);
    }

    private static Dictionary<string, KernelText> Compile()
    {
        var different = Sources.DistinctBy(s => s.Key).ToList();
        var assembly = Assembly(different);
        var texts = new ConcurrentDictionary<string, KernelText>();
        Parallel.ForEach(Enumerable.Range(0, Environment.ProcessorCount), worker =>
        {
            using var compiler = new KernelCompiler();
            for (var i = worker; i < different.Count; i += Environment.ProcessorCount)
                texts[different[i].Key] = compiler.Compile(assembly.GetType("Kernels" + i)!.GetMethod("Kernel")!, different[i].Threads, different[i].Groups,
                    different[i].IsForCudaAlone);
        });
        return new(texts);
    }

    private static System.Reflection.Assembly Assembly(List<KernelSource> kernels)
    {
        var trees = kernels.Select((k, i) => (Kernel: k, Number: i)).GroupBy(k => k.Kernel.Usings).Select(group =>
        {
            var text = new StringBuilder(group.Key);
            foreach (var (kernel, number) in group) text.Append($"\npublic static class Kernels{number}\n{{\n").Append(kernel.Body).Append("\n}\n");
            return CSharpSyntaxTree.ParseText(text.ToString(), s_parse);
        });
        var compilation = CSharpCompilation.Create(
            "Kernels", trees, s_references, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(8)));
        image.Position = 0;
        return new AssemblyLoadContext("Kernels", isCollectible: false).LoadFromStream(image);
    }
}
