namespace ModelGen.Gpu;

/// <summary>Specifies what drives a device.</summary>
public enum GpuBackend
{
    /// <summary>The first of <see cref="Cuda"/> and <see cref="OpenCL"/> that has a device; never <see cref="Cpu"/>.</summary>
    Auto,

    /// <summary>NVIDIA's driver.</summary>
    Cuda,

    /// <summary>An OpenCL 2.0 driver.</summary>
    OpenCL,

    /// <summary>ILGPU's simulator on the processor, for tests; it is far slower than ModelGen's own CPU code.</summary>
    Cpu,
}
