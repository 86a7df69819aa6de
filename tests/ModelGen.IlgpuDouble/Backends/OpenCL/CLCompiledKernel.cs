using System.Reflection;
using ILGPU.Runtime;

namespace ILGPU.Backends.OpenCL;

/// <summary>OpenCL's text of a kernel; the double makes none.</summary>
public sealed class CLCompiledKernel : CompiledKernel
{
    internal CLCompiledKernel(MethodInfo method, KernelSpecialization specialization, string source)
        : base(method, specialization) => Source = source;

    /// <summary>The text.</summary>
    public string Source { get; }
}
