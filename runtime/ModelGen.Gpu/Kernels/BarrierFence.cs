using System.Runtime.CompilerServices;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;

namespace ModelGen.Gpu;

/// <summary>
/// Completes OpenCL's barriers. ILGPU writes <c>work_group_barrier(CLK_GLOBAL_MEM_FENCE)</c> for <c>Group.Barrier()</c>, which by the standard
/// orders global memory only: what one thread stores in shared memory another need not see behind it.
/// </summary>
internal static class BarrierFence
{
    private const string Global = "CLK_GLOBAL_MEM_FENCE", Both = "CLK_GLOBAL_MEM_FENCE | CLK_LOCAL_MEM_FENCE";

    /// <summary>Has all barriers of a kernel order both memories; other devices' kernels stay as they are.</summary>
    /// <exception cref="NotSupportedException">ILGPU keeps the text elsewhere than version 1.5.3 does.</exception>
    public static void Complete(CompiledKernel kernel)
    {
        if (kernel is not CLCompiledKernel text)
            return;
        try
        {
            ref var source = ref SourceOf(text);
            source = Complete(source);
        }
        catch (MissingFieldException e)
        {
            throw new NotSupportedException(
                "OpenCL devices need ILGPU 1.5.3: it fences global memory only at a barrier, and this other version keeps the text of a kernel where it "
                    + "cannot be completed.", e);
        }
    }

    /// <summary>The text with complete fences; one that has them stays as it is.</summary>
    internal static string Complete(string source) =>
        source.Replace(Both, Global, StringComparison.Ordinal).Replace(Global, Both, StringComparison.Ordinal);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    private static extern ref string SourceOf(CLCompiledKernel kernel);
}
