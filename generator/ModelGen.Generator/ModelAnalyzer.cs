using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Generator.Frontend;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Frontend.Lowering;

namespace ModelGen.Generator;

/// <summary>Reports what is wrong with models and modules while they are typed: the generator's frontend, with positions.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A model in a file that counts as generated is compiled like any other, so what is wrong with it is said there too.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownSymbols.ModelAttribute) is null) return;
            var modules = new ConcurrentDictionary<string, LoweredModule?>(StringComparer.Ordinal);
            start.RegisterSymbolAction(c => Analyze(c, modules), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, ConcurrentDictionary<string, LoweredModule?> modules)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var isModel = KnownSymbols.Attribute(type, "ModelAttribute") is not null;
        if (!isModel && KnownSymbols.Attribute(type, "ModuleAttribute") is null) return;
        LoweredModule? Find(string id) => modules.GetOrAdd(id, i => Lower(i, context.Compilation, context.CancellationToken));

        // By the symbol itself: a type that is local to a file cannot be found by its name.
        var own = modules.GetOrAdd(KnownSymbols.MetadataName(type), _ => ModuleLowering.Lower(type, context.Compilation, context.CancellationToken));
        if (own is null || own.Ir.IsBroken) return;
        var findings = new List<Finding>(isModel ? ModelCheck.Run(own.Ir, id => Find(id)?.Ir, context.CancellationToken).Findings
            : ModelCheck.Declaration(own.Ir));
        if (isModel) findings.AddRange(BuildSettings.Findings(own.Ir, context.Compilation));
        if (context.IsGeneratedCode) findings.RemoveAll(f => !Descriptors.IsError(f));
        if (findings.Count == 0 || HasErrors(type, context.Compilation, context.CancellationToken)) return;
        // A module used many times has its warning once.
        var reported = new HashSet<(string, Site)>();
        foreach (var finding in findings)
            if (finding.Id.Length > 0 && reported.Add((finding.Id, finding.Inner ?? finding.At))) Report(context, finding, type, Find);
    }

    private static LoweredModule? Lower(string id, Compilation compilation, CancellationToken cancellation)
    {
        if (compilation.GetTypeByMetadataName(id) is not { } type) return null;
        if (type.DeclaringSyntaxReferences.Length > 0) return ModuleLowering.Lower(type, compilation, cancellation);
        return ExternalModules.Read(type) is { } ir ? new(ir, Array.Empty<SyntaxNodeOrToken>()) : null;
    }

    private static void Report(SymbolAnalysisContext context, Finding finding, INamedTypeSymbol type, Func<string, LoweredModule?> find)
    {
        Location? At(Site site) => find(site.Module)?[site.Ordinal];
        var location = At(finding.At) ?? type.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None;
        var additional = finding.Inner is { } inner && At(inner) is { } place ? new[] { place } : null;
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(finding.Id), location, additional, finding.Message));
    }

    // While the class itself does not compile, the compiler's own messages come first. Asked only where there is something to report.
    private static bool HasErrors(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var reference in type.DeclaringSyntaxReferences.Where(KnownSymbols.IsWritten))
        {
#pragma warning disable RS1030 // The class may be spread over several files, and the context of a symbol has no model.
            var model = compilation.GetSemanticModel(reference.SyntaxTree);
#pragma warning restore RS1030
            if (model.GetDiagnostics(reference.Span, cancellation).Any(d => d.Severity == DiagnosticSeverity.Error)) return true;
        }
        return false;
    }
}
