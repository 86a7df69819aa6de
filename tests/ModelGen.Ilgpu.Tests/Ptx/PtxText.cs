using System.Reflection;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace ModelGen.Ilgpu.Tests.Ptx;

/// <summary>Compiles a kernel to the text that an NVIDIA driver would get; needs no device.</summary>
public static class PtxText
{
    /// <summary>The text for compute capability 9.0.</summary>
    /// <param name="kernel">An explicitly grouped kernel.</param>
    /// <param name="maxThreads">The threads of its groups.</param>
    public static string Of(MethodInfo kernel, int maxThreads)
    {
        // A failed compile spoils its context, so every kernel gets one of its own.
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).EnableAlgorithms());
        using var backend = new PTXBackend(context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, null!);
        var compiled = (PTXCompiledKernel)backend.Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(maxThreads, 1));
        return compiled.PTXAssembly;
    }
}
