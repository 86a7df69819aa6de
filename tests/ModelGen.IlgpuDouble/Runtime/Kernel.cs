using ILGPU.Backends;

namespace ILGPU.Runtime;

/// <summary>A kernel on a device.</summary>
public sealed class Kernel
{
    readonly Accelerator accelerator;

    internal Kernel(Accelerator accelerator, CompiledKernel compiled) => (this.accelerator, CompiledKernel) = (accelerator, compiled);

    /// <summary>What was loaded.</summary>
    public CompiledKernel CompiledKernel { get; }

    /// <summary>The launcher: of the stream, the grid and the kernel's own parameters.</summary>
    public TDelegate CreateLauncherDelegate<TDelegate>()
        where TDelegate : Delegate
    {
        Type[] types = [.. CompiledKernel.SourceMethod.GetParameters().Select(parameter => parameter.ParameterType)];
        var load = typeof(KernelLoaders).GetMethods()
            .Single(method => method.Name == nameof(KernelLoaders.LoadKernel) && method.GetGenericArguments().Length == types.Length)
            .MakeGenericMethod(types);
        var kernel = Delegate.CreateDelegate(load.GetParameters()[1].ParameterType, CompiledKernel.SourceMethod);
        try
        {
            return (TDelegate)load.Invoke(null, [accelerator, kernel, CompiledKernel.Specialization])!;
        }
        catch (System.Reflection.TargetInvocationException error) when (error.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
    }
}
