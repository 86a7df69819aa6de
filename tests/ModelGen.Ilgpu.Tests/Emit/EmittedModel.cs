using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Emit.Gpu;
using ModelGen.Generator.Graphs;
using ModelGen.Gpu;

namespace ModelGen.Ilgpu.Tests.Emit;

/// <summary>A model emitted for the CPU and for ILGPU and compiled against the real package; no device is opened.</summary>
internal sealed class EmittedModel
{
    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Concat([typeof(IModel).Assembly.Location, typeof(GpuProgram).Assembly.Location, typeof(ILGPU.Context).Assembly.Location,
                typeof(ILGPU.Algorithms.XMath).Assembly.Location])
            .Distinct()
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    public EmittedModel(ModelGraphs graphs, bool forTensorCores = false)
    {
        var text = GpuFile.Emit(ModelCompiler.LowerForGpu(graphs, new(ForTensorCores: forTensorCores)));
        var options = new CSharpParseOptions(LanguageVersion.CSharp12);
        var compilation = CSharpCompilation.Create(
            graphs.Name + Guid.NewGuid().ToString("N"),
            CpuFiles.Emit(ModelCompiler.Lower(graphs)).Select(f => f.Text).Concat(["public partial class " + graphs.Name + ";", text])
                .Select(t => CSharpSyntaxTree.ParseText(t, options)),
            s_references,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(8)));
        stream.Position = 0;
        var assembly = new AssemblyLoadContext(graphs.Name, isCollectible: true).LoadFromStream(stream);
        Kernels = [.. assembly.GetType($"{graphs.CompiledNamespace}.GpuKernels")!
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => new Kernel(m, Threads(text, m.Name)))];
        Model = (IGpuModel)Activator.CreateInstance(assembly.GetType(graphs.Name)!)!;
    }

    public IGpuModel Model { get; }

    /// <summary>Each kernel, with the threads of its groups as the program loads it.</summary>
    public IReadOnlyList<Kernel> Kernels { get; }

    private static int Threads(string text, string kernel) =>
        int.Parse(Regex.Match(text, $@"GpuKernels\.{kernel}, new KernelSpecialization\((\d+)").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="Method">The kernel.</param>
    /// <param name="Threads">The most threads of a group.</param>
    public sealed record Kernel(MethodInfo Method, int Threads);
}
