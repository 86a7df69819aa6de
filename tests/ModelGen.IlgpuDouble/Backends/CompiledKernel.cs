using System.Reflection;
using ILGPU.Runtime;

namespace ILGPU.Backends;

/// <summary>The text of a kernel for a device; the double's is the C# itself.</summary>
public class CompiledKernel
{
    internal CompiledKernel(MethodInfo method, KernelSpecialization specialization) => (SourceMethod, Specialization) = (method, specialization);

    /// <summary>The kernel's method.</summary>
    public MethodInfo SourceMethod { get; }

    /// <summary>What it was compiled for.</summary>
    public KernelSpecialization Specialization { get; }
}
