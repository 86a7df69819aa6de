using System.Reflection;
using ModelGen.Gpu;
using ModelGen.Gpu.Tests.Session;
using ModelGen.Ilgpu.Tests.Rules;

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
    public void Kernel_CompiledForSm90_HasNoTrap(string type, string name)
    {
        var ptx = PtxText.Of(Type.GetType(type)!.GetMethod(name)!, OptimizerKernels.GroupSize);
        Assert.Empty(PtxTraps.Find(ptx));
        // Barriers are the machine's to judge: thread 0 reads what it alone has stored last, which no rule for text sees.
        Assert.Empty(LoopRule.Find(PtxReader.Read(ptx)));
    }
}
