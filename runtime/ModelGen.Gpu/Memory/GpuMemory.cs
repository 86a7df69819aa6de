using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>The memory of one opened device: what this process took of it, and what is left.</summary>
internal sealed class GpuMemory(Accelerator accelerator, GpuBackend backend, string name)
{
    private long _taken;

    /// <summary>At most this much is taken; no limit but the device's own unless set.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>The device's memory in bytes; the simulator's is the process's.</summary>
    public long TotalBytes => backend == GpuBackend.Cpu ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : accelerator.MemorySize;

    /// <summary>What can still be taken, as far as the driver tells: OpenCL's does not count what other processes have.</summary>
    public long FreeBytes()
    {
        var taken = Interlocked.Read(ref _taken);
        return Math.Max(0, Math.Min(Limit - taken, backend switch
        {
            GpuBackend.Cuda => FreeOnCuda(),
            GpuBackend.Cpu => TotalBytes - Environment.WorkingSet,
            _ => TotalBytes - taken,
        }));
    }

    /// <summary>Checks before anything is taken.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="what">What it is for, as the subject of the message.</param>
    /// <exception cref="InsufficientMemoryException">There is less; the message has both numbers.</exception>
    public void ThrowIfShort(decimal bytes, string what)
    {
        var free = FreeBytes();
        if (bytes > free)
            throw Short(bytes, free, what, null);
    }

    /// <summary>Takes memory.</summary>
    /// <exception cref="InsufficientMemoryException">There is less, or the driver has none in one piece.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length, string what)
        where T : unmanaged
    {
        ThrowIfShort((decimal)length * Unsafe.SizeOf<T>(), what);
        var bytes = length * Unsafe.SizeOf<T>();
        try
        {
            var buffer = accelerator.Allocate1D<T>(length);
            Interlocked.Add(ref _taken, bytes);
            return buffer;
        }
        catch (Exception e) when (e is OutOfMemoryException || (e is AcceleratorException && e.Message.Contains("memory", StringComparison.OrdinalIgnoreCase)))
        {
            throw Short(bytes, FreeBytes(), what, e);
        }
    }

    /// <summary>Gives memory back.</summary>
    public void Free<T>(MemoryBuffer1D<T, Stride1D.Dense> buffer)
        where T : unmanaged
    {
        Interlocked.Add(ref _taken, -buffer.Length * Unsafe.SizeOf<T>());
        buffer.Dispose();
    }

    private long FreeOnCuda()
    {
        using var binding = accelerator.BindScoped();
        return CudaDriver.FreeBytes();
    }

    private InsufficientMemoryException Short(decimal bytes, long free, string what, Exception? cause) => new(
        FormattableString.Invariant($"{what} needs {bytes} bytes on {name}, and {free} of its {TotalBytes} are free."), cause);
}
