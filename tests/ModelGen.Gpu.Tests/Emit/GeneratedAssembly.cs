using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Conformance;
using ModelGen.Generator;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>Sources compiled with the generator, for the CPU and for ILGPU, optimized.</summary>
internal static class GeneratedAssembly
{
    public const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Linq; global using System.IO; global using ModelGen; "
            + "global using static ModelGen.Nn;";

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

    /// <summary>The image of the assembly.</summary>
    public static ImmutableArray<byte> Image(IEnumerable<string> sources)
    {
        using var image = new MemoryStream();
        var result = GeneratedText.WithWarnings(Compile(sources.Prepend(Usings))).Emit(image);
        Assert.True(!result.Diagnostics.Any(GeneratedText.IsWrong), string.Join("\n", result.Diagnostics.Where(GeneratedText.IsWrong).Take(8)));
        return [.. image.ToArray()];
    }

    /// <summary>The sources and what is generated from them.</summary>
    public static CSharpCompilation Compile(IEnumerable<string> sources, bool checkOverflow = false)
    {
        var compilation = CSharpCompilation.Create(
            "Models" + Guid.NewGuid().ToString("N"), sources.Select(s => CSharpSyntaxTree.ParseText(s, s_parse)), s_references,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable, checkOverflow: checkOverflow));
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: s_parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        Assert.Empty(diagnostics);
        return (CSharpCompilation)generated;
    }
}
