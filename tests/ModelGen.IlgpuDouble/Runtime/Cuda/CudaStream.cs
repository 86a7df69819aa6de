namespace ILGPU.Runtime.Cuda;

/// <summary>A stream of a CUDA device; the double has none.</summary>
public sealed class CudaStream : AcceleratorStream
{
    CudaStream(Accelerator accelerator)
        : base(accelerator) { }

    /// <summary>The driver's handle.</summary>
    public nint StreamPtr => 0;
}
