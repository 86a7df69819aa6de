using System.Reflection;
using System.Reflection.Emit;
using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>ILGPU's compiler for NVIDIA with <see cref="PtxMachine"/> in the place of the driver.</summary>
internal sealed class PtxAccelerator : KernelAccelerator<PTXCompiledKernel, PtxKernel>
{
    private static readonly MethodInfo s_launch = typeof(PtxKernel).GetMethod(nameof(PtxKernel.Execute))!;

    public PtxAccelerator(Context context, PtxDevice device)
        : base(context, device)
    {
        Machine = new(Memory);
        DefaultStream = new PtxStream(this);
        Init(new PTXBackend(context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, null!));
    }

    public MemoryMap Memory { get; } = new();

    public PtxMachine Machine { get; }

    public override TExtension CreateExtension<TExtension, TExtensionProvider>(TExtensionProvider provider) => throw new NotSupportedException();

    // (kernel, stream, config, arguments…) → PtxKernel.Execute(kernel, config, arguments as objects).
    protected override MethodInfo GenerateKernelLauncherMethod(PTXCompiledKernel kernel, int customGroupSize)
    {
        var parameters = kernel.SourceMethod.GetParameters().Select(p => p.ParameterType).ToArray();
        var launcher = new DynamicMethod("Launch" + kernel.Name, typeof(void), [typeof(Kernel), typeof(AcceleratorStream), typeof(KernelConfig), .. parameters],
            typeof(PtxKernel).Module, skipVisibility: true);
        var il = launcher.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, typeof(PtxKernel));
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldc_I4, parameters.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg, (short)(i + 3));
            il.Emit(OpCodes.Box, parameters[i]);
            il.Emit(OpCodes.Stelem_Ref);
        }

        il.Emit(OpCodes.Call, s_launch);
        il.Emit(OpCodes.Ret);
        return launcher;
    }

    protected override PtxKernel CreateKernel(PTXCompiledKernel compiledKernel) => throw new NotSupportedException("Kernels are explicitly grouped.");

    protected override PtxKernel CreateKernel(PTXCompiledKernel compiledKernel, MethodInfo launcher) => new(this, compiledKernel, launcher);

    protected override AcceleratorStream CreateStreamInternal() => new PtxStream(this);

    protected override void SynchronizeInternal()
    {
    }

    protected override MemoryBuffer AllocateRawInternal(long length, int elementSize) => new PtxMemoryBuffer(this, length, elementSize);

    protected override PageLockScope<T> CreatePageLockFromPinnedInternal<T>(IntPtr pinned, long numElements) => new PtxPageLock<T>(this, pinned, numElements);

    protected override void DisposeAccelerator_SyncRoot(bool disposing)
    {
    }

    protected override void OnBind()
    {
    }

    protected override void OnUnbind()
    {
    }

    protected override bool CanAccessPeerInternal(Accelerator otherAccelerator) => false;

    protected override void EnablePeerAccessInternal(Accelerator otherAccelerator)
    {
    }

    protected override void DisablePeerAccessInternal(Accelerator otherAccelerator)
    {
    }

    protected override int EstimateMaxActiveGroupsPerMultiprocessorInternal(Kernel kernel, int groupSize, int dynamicSharedMemorySizeInBytes) => 1;

    protected override int EstimateGroupSizeInternal(Kernel kernel, Func<int, int> computeSharedMemorySize, int maxGroupSize, out int minGridSize)
    {
        minGridSize = 1;
        return 256;
    }

    protected override int EstimateGroupSizeInternal(Kernel kernel, int dynamicSharedMemorySizeInBytes, int maxGroupSize, out int minGridSize)
    {
        minGridSize = 1;
        return 256;
    }
}
