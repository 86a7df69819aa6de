using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen.Runtime;

/// <summary>
/// Represents zeroed memory at a multiple of 64 bytes that does not move, with at least 256 bytes of readable zeros after its end, so that vector loads may run
/// over; from 4 MiB on it is in large pages where the system has them.
/// </summary>
/// <remarks>
/// It lies on the collector's heap of pinned objects and lives as long as anything refers to it, so that no span of it outlives its memory, whoever gave up
/// what it was taken from. A pointer is no such reference: whoever keeps one keeps the buffer alive (<c>GC.KeepAlive</c> after the last use).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedBuffer
{
    /// <summary>The alignment in bytes: a cache line and the widest vector.</summary>
    public const int Alignment = 64;

    // The widest read of a kernel past the last element: two vectors, of which every other element counts.
    private const int Overrun = 256;

    private readonly Line[] _lines;
    private readonly nuint _offset;

    /// <summary>Initializes a new instance of the <see cref="AlignedBuffer"/> class.</summary>
    /// <param name="lengthInBytes">The usable size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="InsufficientMemoryException">There is not that much memory; the message has the bytes asked for and those available.</exception>
    public AlignedBuffer(long lengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lengthInBytes);
        MemoryLimit.ThrowIfShort(lengthInBytes, "A buffer");
        var padded = (nuint)((lengthInBytes + Alignment - 1) / Alignment * Alignment + Overrun);
        var alignment = LargePages.AlignmentOf(padded);

        // The array begins anywhere: up to an alignment more. Not cleared by the collector, which would touch the pages before they are asked to be large.
        var lines = (padded + alignment) / Alignment;
        if (lines > (nuint)Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lengthInBytes), lengthInBytes, FormattableString.Invariant($"A buffer has at most {(long)Array.MaxLength * Alignment} bytes."));
        }

        _lines = GC.AllocateUninitializedArray<Line>((int)lines, pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_lines));
        _offset = (start + alignment - 1) / alignment * alignment - start;
        Start = (void*)(start + _offset);
        LargePages.Ask(Start, padded);
        NativeMemory.Clear(Start, padded);
        LengthInBytes = lengthInBytes;
    }

    /// <summary>Gets the first byte.</summary>
    public void* Start { get; }

    /// <summary>Gets the first float.</summary>
    public float* Floats => (float*)Start;

    /// <summary>Gets the usable size in bytes.</summary>
    public long LengthInBytes { get; }

    /// <summary>Allocates memory for floats.</summary>
    /// <param name="lengthInFloats">The usable size.</param>
    public static AlignedBuffer OfFloats(long lengthInFloats) => new(checked(lengthInFloats * sizeof(float)));

    /// <summary>Ensures a size: if the buffer is smaller, or there is none, it is replaced by a zeroed one and the contents are lost.</summary>
    /// <param name="buffer">The buffer; those who hold the old one keep it.</param>
    /// <param name="lengthInBytes">The size needed.</param>
    /// <returns>The buffer there is now.</returns>
    public static AlignedBuffer EnsureAtLeast(ref AlignedBuffer? buffer, long lengthInBytes)
    {
        var present = buffer;
        if (present is null || present.LengthInBytes < lengthInBytes)
            buffer = present = new AlignedBuffer(lengthInBytes);
        return present;
    }

    /// <summary>Returns elements of the buffer as a span, which keeps the memory alive.</summary>
    /// <typeparam name="T">What the memory holds.</typeparam>
    /// <param name="start">The first element.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not lie inside.</exception>
    public Span<T> Span<T>(int start, int length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(((long)start + length) * sizeof(T), LengthInBytes, nameof(length));
        ref var first = ref Unsafe.As<Line, T>(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_lines), _offset));
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, start), length);
    }

    /// <summary>64 bytes: an array of bytes could hold no more than 2 GiB.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Alignment)]
    private struct Line;
}
