using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Generator;

namespace ModelGen.RandomPrograms;

/// <summary>Runs generator and analyzer on sources of any kind: neither may fail, and generated code has no error of its own.</summary>
/// <param name="isAlone">Whether nothing else runs in the process, so that its time is the compiler's.</param>
internal sealed class MutantTrials(bool isAlone)
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest);

    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(5);

    private readonly CSharpCompilation _empty = CSharpCompilation.Create(
        "Mutants",
        [CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.Linq; global using ModelGen; "
            + "global using static ModelGen.Nn;", s_parse, "Usings.cs")],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Append(typeof(IModel).Assembly.Location).Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Sources so far whose own code had no error, and those of them that a model was made of.</summary>
    public int Valid { get; private set; }

    /// <summary>What is wrong with the compiler; null for nothing.</summary>
    public async Task<Failure?> Run(string source)
    {
        var own = CSharpSyntaxTree.ParseText(source, s_parse, "Source.cs");
        var compilation = _empty.AddSyntaxTrees(own);
        var start = ProcessorTime();
        using var limit = new CancellationTokenSource(isAlone ? s_most * 12 : Timeout.InfiniteTimeSpan);
        try
        {
            var result = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: s_parse).RunGenerators(compilation, limit.Token)
                .GetRunResult();
            if (result.Results[0].Exception is { } exception) return new(exception.GetType().Name, exception.ToString());
            if (result.Diagnostics.FirstOrDefault(IsFault) is { } fault) return new(fault.Id, fault.ToString());
            var analyzed =
                await compilation.WithAnalyzers([new ModelAnalyzer()],
                    new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false))
                .GetAnalyzerDiagnosticsAsync(limit.Token);
            if (analyzed.FirstOrDefault(IsFault) is { } wrong) return new(wrong.Id, wrong.ToString());
            var taken = ProcessorTime() - start;
            if (isAlone && taken > s_most) return new("slow", FormattableString.Invariant($"{taken.TotalSeconds:F1} s"));
            var generated = compilation.AddSyntaxTrees(result.GeneratedTrees);
            if (compilation.GetSemanticModel(own).GetDiagnostics(cancellationToken: limit.Token).Any(IsError)
                && generated.GetSemanticModel(own).GetDiagnostics(cancellationToken: limit.Token).Any(IsError)) return null;
            Valid++;
            return result.GeneratedTrees.SelectMany(t => generated.GetSemanticModel(t).GetDiagnostics(cancellationToken: limit.Token))
                .FirstOrDefault(d => IsError(d) || d.Severity == DiagnosticSeverity.Warning && !d.IsSuppressed) is { } bad ? new(bad.Id, bad.ToString()) : null;
        }
        catch (OperationCanceledException)
        {
            return new("hang", "no end in a minute");
        }
    }

    // A diagnostic is the right answer to most mutants.
    private static bool IsFault(Diagnostic d) => d.Id is "MG9001" || !d.Id.StartsWith("MG", StringComparison.Ordinal);

    private static bool IsError(Diagnostic d) => d.Severity == DiagnosticSeverity.Error;

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
