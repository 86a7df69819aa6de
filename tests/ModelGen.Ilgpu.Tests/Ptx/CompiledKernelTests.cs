using System.Reflection;
using ModelGen.Gpu;
using ModelGen.Gpu.Tests.Session;

namespace ModelGen.Ilgpu.Tests.Ptx;

/// <summary>Compiles every kernel to the text that the driver would get; needs no device.</summary>
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
        Assert.Empty(PtxTraps.Find(PtxText.Of(Type.GetType(type)!.GetMethod(name)!, OptimizerKernels.GroupSize)));
}
