using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Common;

/// <summary>The types of other assemblies that emitted kernels name, and the lines by which a file imports them.</summary>
/// <remarks>The lines stand inside <see cref="ModelGraphs.CompiledNamespace"/>, where nobody else declares anything: they are found before
/// every name of the person's, of global usings and of the namespaces around. Whole namespaces serve what has no alias, generic types and
/// extension methods; each name that is meant is in one of them alone.</remarks>
internal static class Imports
{
    private static readonly string[] CpuNamespaces = { "System", "System.Runtime.Intrinsics" };

    private static readonly string[] GpuNamespaces = { "System", "ILGPU", "ILGPU.Runtime" };

    private static readonly string[] FromNamespaces =
    {
        "Span", "ReadOnlySpan", "Vector256", "Vector512",
        "Action", "Accelerator", "AcceleratorStream", "ArrayView", "Grid", "Group", "Index1D", "IntrinsicMath", "KernelConfig", "KernelSpecialization",
            "MemoryBuffer1D", "SharedMemory", "Stride1D",
    };

    private static readonly string[] Cpu =
    {
        "ModelGen.InitializerKind", "ModelGen.ModelInfo", "ModelGen.ParameterSpec",
        "ModelGen.Runtime.CompiledModel", "ModelGen.Runtime.DoubleContext", "ModelGen.Runtime.Exact", "ModelGen.Runtime.Lanes", "ModelGen.Runtime.LossInDouble",
            "ModelGen.Runtime.LossSums",
        "ModelGen.Runtime.Pair256", "ModelGen.Runtime.Panels", "ModelGen.Runtime.Simd", "ModelGen.Runtime.StepContext", "ModelGen.Runtime.Transposition",
        "System.Math", "System.MathF", "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.CompilerServices.MethodImplAttribute", "System.Runtime.CompilerServices.MethodImplOptions",
        "System.Runtime.Intrinsics.X86.Avx", "System.Runtime.Intrinsics.X86.Avx2", "System.Runtime.Intrinsics.X86.Avx512F",
        "System.Runtime.Intrinsics.X86.Fma", "System.Runtime.Intrinsics.X86.Sse",
    };

    // Of ILGPU.Util one class alone: it has a Float4 of its own.
    private static readonly string[] Gpu =
    {
        "ILGPU.Algorithms.XMath", "ILGPU.Runtime.Cuda.CudaAsm", "ILGPU.Util.Utilities",
        "ModelGen.Gpu.Float4", "ModelGen.Gpu.FloatViews8", "ModelGen.Gpu.GpuProgram", "ModelGen.Gpu.GpuStep", "ModelGen.Gpu.Ints8", "ModelGen.Gpu.KernelLoader",
            "ModelGen.Gpu.KernelMath",
        "System.Math",
    };

    private const string Attribute = "Attribute";

    /// <summary>Every name that the imports give a meaning: a value must have another.</summary>
    public static readonly IReadOnlyCollection<string> Names = new HashSet<string>(Cpu.Concat(Gpu).Select(NameOf).Concat(FromNamespaces));

    /// <summary>The imports of a text for the CPU.</summary>
    public static void OfCpu(CodeWriter writer, string text) => Write(writer, text, CpuNamespaces, Cpu);

    /// <summary>The imports of a text for ILGPU.</summary>
    public static void OfGpu(CodeWriter writer, string text) => Write(writer, text, GpuNamespaces, Gpu);

    private static void Write(CodeWriter writer, string text, IEnumerable<string> namespaces, IEnumerable<string> types)
    {
        foreach (var space in namespaces) writer.Line($"using global::{space};");
        foreach (var type in types.Where(t => Mentions(text, NameOf(t)))) writer.Line($"using {NameOf(type)} = global::{type};");
        writer.Line();
    }

    // An attribute is written [@Name]: without the sign C# would also look for one with the suffix, and might find the person's.
    private static string NameOf(string type)
    {
        var name = type.Substring(type.LastIndexOf('.') + 1);
        return name.EndsWith(Attribute, StringComparison.Ordinal) ? name.Substring(0, name.Length - Attribute.Length) : name;
    }

    private static bool Mentions(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
            if (at > 0 && !IsPartOfWord(text[at - 1]) && (at + name.Length == text.Length || !IsPartOfWord(text[at + name.Length]))) return true;
        return false;
    }

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
