using ILGPU.Runtime;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Host memory that the machine may copy: any.</summary>
internal sealed class PtxPageLock<T> : PageLockScope<T>
    where T : unmanaged
{
    public PtxPageLock(Accelerator accelerator, IntPtr hostPtr, long numElements)
        : base(accelerator, numElements) => AddrOfLockedObject = hostPtr;

    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }
}
