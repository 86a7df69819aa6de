using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ModelGen.Runtime;

/// <summary>
/// Native memory at a multiple of 64 bytes, zeroed, with at least 256 bytes of readable zeros after its end, so that vector
/// loads may run over; from 4 MiB on in large pages where the system has them. Freed by <see cref="Dispose"/> or the finalizer.
/// </summary>
/// <remarks>Whoever keeps the pointer keeps the buffer alive: <c>GC.KeepAlive</c> after the last use.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedBuffer : IDisposable
{
    /// <summary>The alignment in bytes: a cache line and the widest vector.</summary>
    public const int Alignment = 64;

    // The widest read of a kernel past the last element: two vectors, of which every other element counts.
    private const int Overrun = 256;

    private void* _start;

    /// <summary>Takes memory.</summary>
    /// <param name="lengthInBytes">The usable size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public AlignedBuffer(long lengthInBytes) => Allocate(lengthInBytes);

    /// <summary>Frees the memory if nobody did.</summary>
    ~AlignedBuffer() => Free();

    /// <summary>The first byte.</summary>
    public void* Start => _start;

    /// <summary>The first float.</summary>
    public float* Floats => (float*)_start;

    /// <summary>The usable size in bytes.</summary>
    public long LengthInBytes { get; private set; }

    /// <summary>Takes memory for floats.</summary>
    /// <param name="lengthInFloats">The usable size.</param>
    public static AlignedBuffer OfFloats(long lengthInFloats) => new(lengthInFloats * sizeof(float));

    /// <summary>Makes room: if the buffer is smaller, it is replaced by a zeroed one and the contents are lost.</summary>
    /// <param name="lengthInBytes">The size needed.</param>
    public void EnsureAtLeast(long lengthInBytes)
    {
        if (lengthInBytes <= LengthInBytes && _start is not null)
            return;
        Free();
        Allocate(lengthInBytes);
    }

    /// <summary>Frees the memory. Pointers into it are invalid afterwards.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Allocate(long lengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lengthInBytes);
        var padded = checked((nuint)((lengthInBytes + Alignment - 1) / Alignment * Alignment + Overrun));
        _start = NativeMemory.AlignedAlloc(padded, LargePages.AlignmentOf(padded));
        LargePages.Ask(_start, padded);
        NativeMemory.Clear(_start, padded);
        LengthInBytes = lengthInBytes;
        GC.AddMemoryPressure((long)padded);
    }

    private void Free()
    {
        if (_start is null)
            return;
        NativeMemory.AlignedFree(_start);
        _start = null;
        GC.RemoveMemoryPressure((LengthInBytes + Alignment - 1) / Alignment * Alignment + Overrun);
        LengthInBytes = 0;
    }
}
