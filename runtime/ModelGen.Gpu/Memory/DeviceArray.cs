using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A device buffer that grows and never shrinks: ILGPU has no pool, so nothing is allocated in a step.</summary>
/// <param name="link">The session's way to the device.</param>
/// <param name="what">What it is for, as the subject of a message.</param>
internal sealed class DeviceArray<T>(GpuLink link, string what) : IDisposable
    where T : unmanaged
{
    private MemoryBuffer1D<T, Stride1D.Dense>? _buffer;

    /// <summary>The whole buffer.</summary>
    public ArrayView<T> View { get; private set; }

    /// <summary>The bytes that growing to a number of elements takes more; 0 where it does not grow.</summary>
    public decimal BytesFor(long length) => Math.Max(0, (decimal)length - (_buffer?.Length ?? 0)) * Unsafe.SizeOf<T>();

    /// <summary>Makes it hold at least a number of elements; the contents are lost when it grows.</summary>
    /// <returns>Whether it grew.</returns>
    public bool EnsureAtLeast(long length)
    {
        if (_buffer is not null && _buffer.Length >= length)
            return false;
        // Kernels in flight may still use the old memory.
        link.Synchronize();
        Dispose();
        _buffer = link.Memory.Allocate<T>(Math.Max(length, 1), what);
        View = _buffer.View;
        return true;
    }

    /// <summary>Clears it, on the stream.</summary>
    public void Clear() => View.MemSetToZero(link.Stream);

    public void Dispose()
    {
        // Where the new one cannot be had there is none, rather than one that is gone.
        (var old, _buffer) = (_buffer, null);
        if (old is not null)
            link.Memory.Free(old);
    }
}
