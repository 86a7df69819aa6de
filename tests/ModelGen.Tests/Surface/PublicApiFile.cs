using Microsoft.CodeAnalysis;
using ModelGen.Generator.Ops;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Surface;

/// <summary>The list of public members, of which the analyzer of public APIs wants one line for each: those of ops are written from the catalogue.</summary>
internal static class PublicApiFile
{
    // As the analyzer writes them.
    private static readonly SymbolDisplayFormat s_format = new(
        SymbolDisplayGlobalNamespaceStyle.OmittedAsContaining, SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeModifiers,
        parameterOptions: SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    /// <summary>The list with the lines of all ops, and no others of their types.</summary>
    /// <param name="text">The list as it is.</param>
    /// <param name="shipped">The lines of members that were in a release.</param>
    /// <param name="folder">The folder Declaration of the runtime, whose files the catalogue has written in part.</param>
    public static string Write(string text, IReadOnlyCollection<string> shipped, string folder)
    {
        var written = SurfaceFiles.Write();
        var files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Union(written.Keys).Order(StringComparer.Ordinal)
            .Select(file => (file, written.TryGetValue(file, out var own) ? own : File.ReadAllText(Path.Combine(folder, file))));
        var assembly = Driver.Compile(files).Assembly;
        var methods = assembly.GetTypeByMetadataName("ModelGen.Nn")!.GetMembers().OfType<IMethodSymbol>().Where(m => OpCatalog.Find(m.Name) is not null);
        var attributes = OpCatalog.All.Where(o => o.ClassForm != ClassForm.None)
            .Select(o => assembly.GetTypeByMetadataName("ModelGen." + AttributeFile.ClassName(o))!).ToList();
        var members = attributes.SelectMany(a => a.GetMembers()).OfType<IMethodSymbol>().Where(m => m.DeclaredAccessibility == Accessibility.Public);
        var operators = assembly.GetTypeByMetadataName("ModelGen.Tensor")!.GetMembers().OfType<IMethodSymbol>()
            .Where(m => m.MethodKind == MethodKind.UserDefinedOperator);
        var own = attributes.Select(a => a.ToDisplayString(s_format)).Concat(methods.Concat(members).Concat(operators).Select(Line)).Except(shipped).ToList();

        var known = attributes.Select(a => a.ToDisplayString(s_format)).ToHashSet();
        bool IsOfAnOp(string line) => line.StartsWith("static ModelGen.Tensor.operator ", StringComparison.Ordinal)
            || (line.StartsWith("static ModelGen.Nn.", StringComparison.Ordinal)
                ? OpCatalog.Find(line["static ModelGen.Nn.".Length..].Split('(')[0]) is not null
                : known.Any(type => line == type || line.StartsWith(type + ".", StringComparison.Ordinal)));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', [lines[0], .. lines.Skip(1).Where(line => !IsOfAnOp(line)).Concat(own).Order(StringComparer.Ordinal), ""]);
    }

    private static string Line(IMethodSymbol method)
    {
        var name = method.AssociatedSymbol is IPropertySymbol property
            ? $"{property.ToDisplayString(s_format)}.{(method.MethodKind == MethodKind.PropertyGet ? "get" : "set")}" : method.ToDisplayString(s_format);
        return $"{name} -> {method.ReturnType.ToDisplayString(s_format)}";
    }
}
