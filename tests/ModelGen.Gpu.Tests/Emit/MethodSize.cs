using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>The size of a method as the JIT meets it.</summary>
/// <param name="Name">With its type.</param>
/// <param name="Bytes">Of IL.</param>
/// <param name="Intrinsics">Calls of the types of System.Runtime.Intrinsics, operators included.</param>
internal sealed record MethodSize(string Name, int Bytes, int Intrinsics)
{
    private static readonly Dictionary<int, OperandType> s_operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => (int)(ushort)c.Value, c => c.OperandType);

    /// <summary>Every method of an assembly that has a body, static constructors included.</summary>
    public static IReadOnlyList<MethodSize> Of(ImmutableArray<byte> image)
    {
        using var file = new PEReader(image);
        var metadata = file.GetMetadataReader();
        var sizes = new List<MethodSize>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0) continue;
            var il = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
            var type = metadata.GetTypeDefinition(method.GetDeclaringType());
            sizes.Add(new($"{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}", il.Length,
                Calls(il).Count(token => IsIntrinsic(metadata, token))));
        }

        return sizes;
    }

    private static IEnumerable<int> Calls(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            int code = il[at++];
            if (code == 0xFE) code = 0xFE00 | il[at++];
            if (code == (ushort)OpCodes.Call.Value) yield return BitConverter.ToInt32(il, at);
            at += s_operands[code] switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }

    private static bool IsIntrinsic(MetadataReader metadata, int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification) handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind != HandleKind.MemberReference) return false;
        var parent = metadata.GetMemberReference((MemberReferenceHandle)handle).Parent;
        if (parent.Kind == HandleKind.TypeSpecification)
            parent = Generic(metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature));
        return parent.Kind == HandleKind.TypeReference
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Namespace)
                .StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal);
    }

    // Vector512<float>, whose operators these are: an instance of a generic type, by its definition.
    private static EntityHandle Generic(BlobReader signature) =>
        signature.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance && signature.ReadByte() is 0x11 or 0x12
            ? signature.ReadTypeHandle() : default;
}
