using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Gpu.Tests.Rules;

/// <summary>Compiles kernels from text against what this test run itself references.</summary>
internal static class KernelSource
{
    private static readonly MetadataReference[] References = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(path => path.EndsWith(".dll", StringComparison.Ordinal))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToArray();

    /// <summary>A compilation of a file; throws where it has errors, as the rules would then see half of it.</summary>
    public static Compilation Compile(params string[] sources)
    {
        var compilation = CSharpCompilation.Create(
            "Kernels",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, path: $"Kernels{i}.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        return errors.Length == 0 ? compilation : throw new ArgumentException(string.Join('\n', errors.AsEnumerable()));
    }

    /// <summary>A compilation of some members of a public static class.</summary>
    public static Compilation CompileMembers(string members) => Compile($$"""
        using System;
        using ILGPU;
        using ILGPU.Algorithms;
        using ILGPU.Runtime;
        using ILGPU.Util;
        public static class K
        {
        {{members}}
        }
        """);
}
