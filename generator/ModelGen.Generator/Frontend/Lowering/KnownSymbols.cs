using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ModelGen.Generator.Frontend.Lowering;

/// <summary>Recognises the symbols of the runtime's declaration surface, and names symbols for the IR.</summary>
internal static class KnownSymbols
{
    private const string GeneratorType = "ModelGen.Generator.ModelGenerator";

    public const string Namespace = "ModelGen", ModelAttribute = "ModelGen.ModelAttribute", ModuleAttribute = "ModelGen.ModuleAttribute";

    public static bool IsRuntime(ITypeSymbol? type, string name) =>
        type is { ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name && type.ContainingType is null;

    /// <summary>The runtime's sizes of spatial axes: Size2, Size3.</summary>
    public static bool IsSize(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        return IsRuntime(type, "Size2") || IsRuntime(type, "Size3");
    }

    /// <summary>The type that extends layers by their weights: the block of extensions, or the class around it.</summary>
    public static bool IsOfLayers(ITypeSymbol type) => IsRuntime(type.ContainingType ?? type, "LayerExtensions");

    /// <summary>A generic collection of the base library: List, HashSet or Dictionary; null for others.</summary>
    public static string? Collection(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "List" or "HashSet" or "Dictionary" } named && NamespaceOf(named) == "System.Collections.Generic" ? named.Name : null;

    public static AttributeData? Attribute(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(a => IsRuntime(a.AttributeClass, name));

    public static bool IsModelOrModule(ITypeSymbol? type) =>
        type is INamedTypeSymbol
            && (Attribute(type, "ModuleAttribute") ?? Attribute(type, "ModelAttribute") ?? Attribute(type, "ModuleIrAttribute")) is not null;

    public static bool IsLayerAttribute(INamedTypeSymbol? attribute)
    {
        for (var type = attribute?.BaseType; type is not null; type = type.BaseType)
            if (IsRuntime(type, "LayerAttribute")) return true;
        return false;
    }

    /// <summary>The name by which metadata knows the type: <c>Zoo.Outer+Block`1</c>.</summary>
    public static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer) return MetadataName(outer) + "+" + type.MetadataName;
        var space = NamespaceOf(type);
        return space.Length == 0 ? type.MetadataName : space + "." + type.MetadataName;
    }

    /// <summary>The names of the namespace as metadata has them, without escapes; empty for the global one.</summary>
    public static string NamespaceOf(ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } space
            ? (NamespaceOf(space) is { Length: > 0 } around ? around + "." : "") + space.MetadataName : "";

    /// <summary>Name and parameter types: the same for a method, the method it overrides and the one it implements.</summary>
    public static string Signature(IMethodSymbol method) =>
        method.Name.Substring(method.Name.LastIndexOf('.') + 1) + "("
            + string.Join(",", method.OriginalDefinition.Parameters.Select(p => p.Type.ToDisplayString(NullableFlowState.None))) + ")";

    /// <summary>The identity of a static member.</summary>
    public static string StaticId(ISymbol member) => member.OriginalDefinition.GetDocumentationCommentId() ?? member.ToDisplayString();

    /// <summary>The types whose members make up a module: its own and those it inherits from, the most derived first.</summary>
    public static IEnumerable<INamedTypeSymbol> SelfAndBases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is { SpecialType: SpecialType.None }; t = t.BaseType) yield return t;
    }

    /// <summary>False for what the generator wrote: a declaration consists of the person's own parts, whatever their files are called.</summary>
    public static bool IsWritten(SyntaxReference reference)
    {
        // The compiler gives a generated file the path …/{assembly of the generator}/{type of the generator}/{hint name}.
        var folders = reference.SyntaxTree.FilePath.Split('/', '\\');
        return folders.Length < 2 || folders[folders.Length - 2] != GeneratorType;
    }
}
