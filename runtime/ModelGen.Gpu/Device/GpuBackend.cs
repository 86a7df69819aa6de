namespace ModelGen.Gpu;

/// <summary>What drives a device.</summary>
public enum GpuBackend
{
    /// <summary>The first of <see cref="Cuda"/>, <see cref="OpenCL"/> and <see cref="Cpu"/> that has a device.</summary>
    Best,

    /// <summary>NVIDIA's driver.</summary>
    Cuda,

    /// <summary>An OpenCL 2.0 driver.</summary>
    OpenCL,

    /// <summary>ILGPU's simulator on the processor: for tests, far slower than ModelGen's own CPU code.</summary>
    Cpu,
}
