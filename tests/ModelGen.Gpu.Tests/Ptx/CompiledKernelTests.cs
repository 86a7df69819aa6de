using System.Reflection;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ModelGen.Gpu.Tests.Session;

namespace ModelGen.Gpu.Tests.Ptx;

/// <summary>Compiles every kernel to the text that the driver would get; needs the real ILGPU and no device.</summary>
public sealed class CompiledKernelTests
{
    public static TheoryData<string, string> Kernels
    {
        get
        {
            var kernels = new TheoryData<string, string>();
            foreach (var type in new[] { typeof(OptimizerKernels), typeof(TinyKernels) })
            {
                foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                    kernels.Add(type.AssemblyQualifiedName!, method.Name);
            }

            return kernels;
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Kernel_CompiledForSm90_HasNoTrap(string type, string name) =>
        Assert.Empty(PtxTraps.Find(Compile(Type.GetType(type)!.GetMethod(name)!)));

    // A failed compile spoils its context, so every kernel gets one of its own.
    private static string Compile(MethodInfo kernel)
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).EnableAlgorithms());
        using var backend = new PTXBackend(context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, null!);
        var compiled = (PTXCompiledKernel)backend.Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(OptimizerKernels.GroupSize, 1));
        return compiled.PTXAssembly;
    }
}
