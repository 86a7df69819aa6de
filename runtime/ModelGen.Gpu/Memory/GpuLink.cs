using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A session's way to its device: one stream for what is computed, one for batches on their way, and what went over them.</summary>
internal sealed class GpuLink : IDisposable
{
    public GpuLink(Accelerator accelerator, GpuMemory memory, KernelCache kernels)
    {
        Accelerator = accelerator;
        Memory = memory;
        Kernels = kernels;
        accelerator.Bind();
        Stream = accelerator.CreateStream();
        CopyStream = accelerator.CreateStream();
    }

    public Accelerator Accelerator { get; }

    public GpuMemory Memory { get; }

    public KernelCache Kernels { get; }

    /// <summary>Kernels, and copies that are ordered with them.</summary>
    public AcceleratorStream Stream { get; }

    /// <summary>Batches that travel while the step before computes.</summary>
    public AcceleratorStream CopyStream { get; }

    public int KernelCount { get; set; }

    public TimeSpan KernelLoadTime { get; set; }

    /// <summary>Kernels launched.</summary>
    public long Launches { get; set; }

    public long BytesToDevice { get; set; }

    public long BytesFromDevice { get; set; }

    /// <summary>Waits for all.</summary>
    public void Synchronize()
    {
        CopyStream.Synchronize();
        Stream.Synchronize();
    }

    public void Dispose()
    {
        CopyStream.Dispose();
        Stream.Dispose();
    }
}
