using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using System.Threading;
using Microsoft.CodeAnalysis;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Lowering;

/// <summary>Modules of other assemblies: an attribute of theirs carries the IR.</summary>
/// <remarks>The generator reads whole references, once each; the analyzer reads the one type it meets.</remarks>
internal static class ExternalModules
{
    private const string Carrier = "ModuleIrAttribute";

    /// <summary>All modules of one reference. Most references have none, which the table of type names tells at once.</summary>
    public static EquatableArray<ModuleIr> Read(MetadataReference reference, CancellationToken cancellation)
    {
        using var use = Cancellation.By(cancellation);
        try
        {
            return reference switch
            {
                CompilationReference c => ReadAll(c.Compilation.Assembly.GlobalNamespace, c.Compilation, cancellation).ToEquatableArray(),
                PortableExecutableReference pe when pe.GetMetadata() is AssemblyMetadata assembly =>
                    assembly.GetModules().SelectMany(m => ReadAll(m.GetMetadataReader(), cancellation)).ToEquatableArray(),
                _ => default,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A reference that cannot be read is the compiler's to report.
            return default;
        }
    }

    /// <summary>The IR that a type of another assembly carries, or null.</summary>
    public static ModuleIr? Read(INamedTypeSymbol type) =>
        KnownSymbols.Attribute(type, Carrier) is { ConstructorArguments: { Length: 2 } a } && a[0].Value is IrText.Version
            && a[1].Value is string text ? IrText.Read(text) : null;

    private static IEnumerable<ModuleIr> ReadAll(INamespaceSymbol space, Compilation compilation, CancellationToken cancellation)
    {
        if (compilation.GetTypeByMetadataName(KnownSymbols.Namespace + "." + Carrier) is null) yield break;
        var todo = new Stack<INamespaceSymbol>();
        todo.Push(space);
        while (todo.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var member in todo.Pop().GetMembers())
            {
                if (member is INamespaceSymbol inner) todo.Push(inner);
                else if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type && Read(type) is { } ir) yield return ir;
            }
        }
    }

    private static IEnumerable<ModuleIr> ReadAll(MetadataReader reader, CancellationToken cancellation)
    {
        // The assembly that declares the attribute refers to it by definition.
        var isUsed = reader.TypeReferences.Any(h => reader.GetTypeReference(h) is var t && IsCarrier(reader, t.Name, t.Namespace))
            || reader.TypeDefinitions.Any(h => reader.GetTypeDefinition(h) is var t && IsCarrier(reader, t.Name, t.Namespace));
        if (!isUsed) yield break;
        foreach (var handle in reader.CustomAttributes)
        {
            cancellation.ThrowIfCancellationRequested();
            var attribute = reader.GetCustomAttribute(handle);
            if (!IsCarrier(reader, attribute)) continue;
            var blob = reader.GetBlobReader(attribute.Value);
            // The layout of ECMA-335 II.23.3: a prolog, then the two constructor arguments.
            if (blob.ReadUInt16() == 1 && blob.ReadInt32() == IrText.Version && blob.ReadSerializedString() is { } text
                && IrText.Read(text) is { } ir) yield return ir;
        }
    }

    private static bool IsCarrier(MetadataReader reader, CustomAttribute attribute)
    {
        switch (attribute.Constructor.Kind)
        {
            case HandleKind.MemberReference when reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                is { Kind: HandleKind.TypeReference } parent:
                var reference = reader.GetTypeReference((TypeReferenceHandle)parent);
                return IsCarrier(reader, reference.Name, reference.Namespace);
            case HandleKind.MethodDefinition:
                var definition = reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType());
                return IsCarrier(reader, definition.Name, definition.Namespace);
            default:
                return false;
        }
    }

    private static bool IsCarrier(MetadataReader reader, StringHandle name, StringHandle space) =>
        reader.StringComparer.Equals(name, Carrier) && reader.StringComparer.Equals(space, KnownSymbols.Namespace);
}
