using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator;

/// <summary>What of the project matters to the generated code.</summary>
/// <param name="HasGpu">The compilation can see ILGPU and the device session for it.</param>
/// <param name="AnalyzersAreOff">Nobody but the generator can report a wrong model.</param>
/// <param name="AllowsUnsafe">Generated kernels use pointers.</param>
/// <param name="LanguageVersion">Generated code is C# 12.</param>
/// <param name="IsChecked">Arithmetic throws where it overflows, unless the code says otherwise.</param>
/// <param name="ShowsPasses">The project asks for a file that tells what each step of the compiler makes.</param>
internal sealed record BuildSettings(bool HasGpu, bool AnalyzersAreOff, bool AllowsUnsafe, LanguageVersion LanguageVersion, bool IsChecked, bool ShowsPasses)
{
    public static BuildSettings Of(Compilation compilation, AnalyzerConfigOptions options) => new(
        compilation.GetTypeByMetadataName("ILGPU.Runtime.Accelerator") is not null && compilation.GetTypeByMetadataName("ModelGen.Gpu.IGpuModel") is not null,
        Is(options, "RunAnalyzers", "false") || Is(options, "RunAnalyzersDuringBuild", "false"),
        AllowsUnsafeCode(compilation),
        LanguageOf(compilation),
        compilation.Options.CheckOverflow,
        Is(options, "ModelGenShowPasses", "true"));

    /// <summary>What keeps the project from compiling generated code, said of a model.</summary>
    public IEnumerable<Finding> Findings(ModuleIr model) => Findings(model, AllowsUnsafe, LanguageVersion);

    public static IEnumerable<Finding> Findings(ModuleIr model, Compilation compilation) =>
        Findings(model, AllowsUnsafeCode(compilation), LanguageOf(compilation));

    private static IEnumerable<Finding> Findings(ModuleIr model, bool allowsUnsafe, LanguageVersion version)
    {
        if (!allowsUnsafe)
            yield return new("MG4001", new(model.Id, model.Ordinal),
                $"The generated kernels of '{model.Name}' use pointers; add <AllowUnsafeBlocks>true</AllowUnsafeBlocks> to the project");
        if (version < LanguageVersion.CSharp12)
            yield return new("MG4002", new(model.Id, model.Ordinal),
                $"The generated code of '{model.Name}' is C# 12, the project is C# {version.ToDisplayString()}; set <LangVersion>12</LangVersion> or target "
                    + "net8.0 or newer");
    }

    private static bool AllowsUnsafeCode(Compilation compilation) => compilation.Options is CSharpCompilationOptions { AllowUnsafe: true };

    private static LanguageVersion LanguageOf(Compilation compilation) => compilation is CSharpCompilation c ? c.LanguageVersion : LanguageVersion.CSharp12;

    private static bool Is(AnalyzerConfigOptions options, string property, string expected) =>
        options.TryGetValue("build_property." + property, out var value) && value.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
