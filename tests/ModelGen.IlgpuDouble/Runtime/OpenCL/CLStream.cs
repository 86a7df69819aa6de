namespace ILGPU.Runtime.OpenCL;

/// <summary>A queue of an OpenCL device; the double has none.</summary>
public sealed class CLStream : AcceleratorStream
{
    CLStream(Accelerator accelerator)
        : base(accelerator) { }

    /// <summary>The driver's handle.</summary>
    public nint CommandQueue => 0;
}
