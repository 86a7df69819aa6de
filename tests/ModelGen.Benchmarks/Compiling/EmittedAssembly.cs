using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace ModelGen.Benchmarks.Compiling;

/// <summary>What the C# compiler made of the generated code.</summary>
/// <param name="Image">The assembly.</param>
/// <param name="LargestMethod">The method with the most IL, class constructors apart: those run once.</param>
/// <param name="LargestMethodBytes">Its IL in bytes. From about 40,000 the JIT compiler gives up optimising.</param>
/// <param name="ClassConstructorBytes">The IL of the largest class constructor, which describes the model.</param>
/// <param name="Methods">How many methods have a body.</param>
internal sealed record EmittedAssembly(byte[] Image, string LargestMethod, int LargestMethodBytes, int ClassConstructorBytes, int Methods)
{
    const string ClassConstructor = ".cctor";

    /// <summary>Compiles.</summary>
    /// <exception cref="InvalidOperationException">There are errors; the message is the first.</exception>
    public static EmittedAssembly Of(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success)
            throw new InvalidOperationException(result.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error).ToString());
        byte[] image = stream.ToArray();
        using var reader = new PEReader(new MemoryStream(image));
        MetadataReader metadata = reader.GetMetadataReader();
        (string Name, int Bytes)[] methods =
        [
            .. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0).Select(
                method => (metadata.GetString(method.Name), reader.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!.Length)),
        ];
        var largest = methods.Where(method => method.Name != ClassConstructor).MaxBy(method => method.Bytes);
        int constructor = methods.Where(method => method.Name == ClassConstructor).Max(method => method.Bytes);
        return new EmittedAssembly(image, largest.Name, largest.Bytes, constructor, methods.Length);
    }
}
