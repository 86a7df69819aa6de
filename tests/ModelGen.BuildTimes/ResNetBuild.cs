using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator;

namespace ModelGen.BuildTimes;

/// <summary>Generates, compiles and runs the ResNet of one depth, and measures each.</summary>
internal static class ResNetBuild
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll")
            .Append(typeof(ModelAttribute).Assembly.Location)
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp12);

    /// <summary>One row of the table.</summary>
    public static string Run(int depth)
    {
        var source = $$"""
            using ModelGen;
            using ModelGen.Zoo;
            using static ModelGen.Nn;

            [Model]
            public partial class ResNet{{depth}}
            {
                private readonly ResNet _ = new({{depth}});

                public Tensor Forward([Shape(3, 224, 224)] Tensor image) => _.Forward(image);

                public Tensor Loss(Tensor logits, [Classes(1000)] Labels label) => CrossEntropy(logits, label);
            }
            """;
        var compilation = CSharpCompilation.Create(
            $"ResNet{depth}", [CSharpSyntaxTree.ParseText(source, Parse, "Model.cs")], References,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true));
        var driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: Parse);

        var started = Stopwatch.GetTimestamp();
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        var generator = Stopwatch.GetElapsedTime(started);

        using var image = new MemoryStream();
        started = Stopwatch.GetTimestamp();
        var emitted = generated.Emit(image);
        var compiler = Stopwatch.GetElapsedTime(started);
        if (!emitted.Success || !diagnostics.IsEmpty)
            throw new InvalidOperationException(string.Join("\n",
                diagnostics.Concat(emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)).Take(10)));

        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var assembly = context.LoadFromStream(image);
        var model = (IModel)Activator.CreateInstance(assembly.GetType($"ResNet{depth}")!)!;
        var batch = new Batch(model.Info, 1);
        for (var i = 0; i < model.Info.Inputs.Count; i++)
            if (!model.Info.Inputs[i].IsLabels) batch.SetRow(i, 0, new float[model.Info.Inputs[i].Length]);
            else batch.SetRow(i, 0, [0]);
        var before = JitInfo.GetCompilationTime();
        model.Backward(batch, 1);
        var jit = JitInfo.GetCompilationTime() - before;

        var lines = generated.SyntaxTrees.Where(t => t.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)).Sum(t => t.GetText().Lines.Count);
        var methods = assembly.GetTypes()
            .SelectMany(t =>
                t.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)).ToList();
        var largest = methods.MaxBy(m => m.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0)!;
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {depth} | {model.Info.ParameterCount:N0} | {generator.TotalMilliseconds:N0} | {compiler.TotalMilliseconds:N0} | {jit.TotalMilliseconds:N0} "
                + $"| {lines:N0} | {methods.Count} | {largest.GetMethodBody()!.GetILAsByteArray()!.Length:N0} ({largest.Name}) |");
        context.Unload();
        return row;
    }
}
