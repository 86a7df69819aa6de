using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Api;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Frontend;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Frontend.Lowering;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Support;

namespace ModelGen.Generator;

/// <summary>Compiles each [Model] class: lower → link with its modules → evaluate → emit. Each step's value is equatable, so an edit that
/// does not change a model's meaning ends at the first step.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly Func<ModelGraphs, CompileOptions, IReadOnlyList<GeneratedFile>> _emit;

    /// <summary>The generator.</summary>
    public ModelGenerator() : this(ModelCompiler.Files)
    {
    }

    /// <param name="emit">Compiles a model whose graphs are known.</param>
    internal ModelGenerator(Func<ModelGraphs, CompileOptions, IReadOnlyList<GeneratedFile>> emit) => _emit = emit;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var modules = Lower(context, KnownSymbols.ModelAttribute).Collect().Combine(Lower(context, KnownSymbols.ModuleAttribute).Collect())
            .Select(static (p, _) => p.Left.Concat(p.Right).ToEquatableArray()).WithTrackingName("Modules");
        var external = context.MetadataReferencesProvider.Select(static (r, ct) => ExternalModules.Read(r, ct)).Where(static m => m.Count > 0)
            .Collect().Select(static (m, _) => m.SelectMany(static x => x).ToEquatableArray()).WithTrackingName("External");
        var linked = modules.Combine(external).SelectMany(static (p, ct) => LinkedModel.Link(p.Left, p.Right, ct)).WithTrackingName("Linked");
        var settings = context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (p, _) => BuildSettings.Of(p.Left, p.Right.GlobalOptions)).WithTrackingName("Settings");

        context.RegisterSourceOutput(linked.Combine(settings), (c, p) => Emit(c, p.Left, p.Right));
        context.RegisterSourceOutput(modules.SelectMany(static (m, ct) => Carriers(m, ct)).WithTrackingName("Carriers"), static (c, p) =>
            c.AddSource(p.File, SourceText.From(p.Text, Utf8)));
    }

    private static IncrementalValuesProvider<ModuleIr> Lower(IncrementalGeneratorInitializationContext context, string attribute) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (n, _) => n is ClassDeclarationSyntax or RecordDeclarationSyntax,
            static (c, ct) => ModuleLowering.Lower((INamedTypeSymbol)c.TargetSymbol, c.SemanticModel.Compilation, ct).Ir).WithTrackingName("Lower");

    private void Emit(SourceProductionContext context, LinkedModel linked, BuildSettings settings)
    {
        using var use = Cancellation.By(context.CancellationToken);
        try
        {
            foreach (var file in Compile(context, linked, settings)) context.AddSource(linked.FileName + file.Suffix, SourceText.From(file.Text, Utf8));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // An exception would take the code of all other models too.
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalError, Location.None, ModelCheck.Internal(linked.Model, e).Message));
        }
    }

    private IReadOnlyList<GeneratedFile> Compile(SourceProductionContext context, LinkedModel linked, BuildSettings settings)
    {
        var model = linked.Model;
        GeneratedFile[] Only(string text) => new[] { new GeneratedFile(FileNames.Cpu, text) };
        // Nothing can be added to such a class.
        if (model.Findings.Any(f => f.Id is "MG1001" or "MG1008" or "MG1013")) return settings.AnalyzersAreOff ? Only(Errors(model, model.Findings))
            : Array.Empty<GeneratedFile>();
        var result = ModelCheck.Run(model, linked.Find, context.CancellationToken);
        var findings = result.Findings.Concat(settings.Findings(model)).ToList();
        if (result.Training is not null && result.Evaluation is not null && !findings.Any(Descriptors.IsError))
        {
            try
            {
                var options = new CompileOptions(settings.HasGpu, model.Jvp, model.GradientCheck, WinogradMatrices.PointsOf(model.Winograd), settings.IsChecked,
                    settings.ShowsPasses)
                {
                    ForTensorCores = model.GpuMath == ModuleIr.TensorFloat32,
                };
                return _emit(new(model.Namespace, model.Name, result.Training, result.Evaluation), options);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Only here it is known, so no analyzer can report it.
                var failure = ModelCheck.Failure(model, e);
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(failure.Id), Location.None, failure.Message));
            }
        }
        return Only(StubEmitter.Emit(model.Namespace, model.Name, settings.AnalyzersAreOff ? findings.Where(Descriptors.IsError).Select(f => Line(model, f))
            : Array.Empty<string>(), model.Jvp, model.GradientCheck, settings.HasGpu));
    }

    private static string Errors(ModuleIr model, IEnumerable<Finding> findings)
    {
        var writer = new CodeWriter().Line("// <auto-generated/>");
        foreach (var finding in findings) writer.Line("#error " + Line(model, finding));
        return writer.ToString();
    }

    private static string Line(ModuleIr model, Finding finding) => $"{finding.Id}: {model.Name}: {finding.Message}";

    private static IEnumerable<(string File, string Text)> Carriers(EquatableArray<ModuleIr> modules, CancellationToken cancellation)
    {
        var files = FileNames.Of(modules.Select(m => m.Id));
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var module in modules)
        {
            if (module.IsModel || module.IsBroken || module.Findings.Count > 0 || !done.Add(module.Id)) continue;
            string text;
            using (Cancellation.By(cancellation)) text = IrText.Write(module);
            yield return (files[module.Id] + FileNames.Carrier,
                StubEmitter.EmitCarrier(module.Namespace, module.Name, IrText.Version, SymbolDisplay.FormatLiteral(text, true)));
        }
    }
}
