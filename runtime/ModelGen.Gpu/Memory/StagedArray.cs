using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace ModelGen.Gpu;

/// <summary>Page-locked host memory: what the device can copy by itself, without the driver's detour through a buffer of its own.</summary>
internal sealed class StagedArray<T>(GpuLink link) : IDisposable
    where T : unmanaged
{
    // A full batch and a last one: more lengths than two are rare.
    private readonly (long Length, CPUMemoryBuffer? Buffer)[] _exact = new (long, CPUMemoryBuffer?)[2];
    private PageLockedArray1D<T>? _array;
    private int _oldest;

    /// <summary>The memory for the host.</summary>
    public Span<T> Span => _array is null ? default : _array.Span;

    /// <summary>Makes it hold at least a number of elements; the contents are lost when it grows.</summary>
    public void EnsureAtLeast(long length)
    {
        if (_array is not null && _array.Length >= length)
            return;
        if (length > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(length), FormattableString.Invariant($"{length} elements exceed one array ({Array.MaxLength})."));
        link.Synchronize();
        // Where the new one cannot be had there is none, rather than one that is gone.
        Dispose();
        _array = link.Accelerator.AllocatePageLocked1D<T>(Math.Max(length, 1), true);
    }

    /// <summary>Queues a copy of the first elements to the device; they must stay as they are until the stream has run.</summary>
    public void CopyTo(AcceleratorStream stream, ArrayView<T> target, long length)
    {
        if (length == 0)
            return;
        target.SubView(0, length).CopyFrom(stream, Exactly(length));
        link.BytesToDevice += length * Unsafe.SizeOf<T>();
    }

    /// <summary>Queues a copy of the device's first elements to here; they are there when the stream has run.</summary>
    public void CopyFrom(AcceleratorStream stream, ArrayView<T> source, long length)
    {
        if (length == 0)
            return;
        source.SubView(0, length).CopyTo(stream, Exactly(length));
        link.BytesFromDevice += length * Unsafe.SizeOf<T>();
    }

    public void Dispose()
    {
        foreach (var (_, buffer) in _exact)
            buffer?.Dispose();
        Array.Clear(_exact);
        (var old, _array) = (_array, null);
        old?.Dispose();
    }

    // On OpenCL, ILGPU copies the whole host buffer that a view lies in, whatever the view's length is: so the buffer has that length.
    private unsafe ArrayView<T> Exactly(long length)
    {
        foreach (var (known, buffer) in _exact)
        {
            if (known == length && buffer is not null)
                return buffer.AsArrayView<T>(0, length);
        }

        fixed (T* first = _array!.Span)
        {
            var made = CPUMemoryBuffer.Create(link.Accelerator, (nint)first, length, Unsafe.SizeOf<T>());
            _exact[_oldest].Buffer?.Dispose();
            _exact[_oldest] = (length, made);
            _oldest ^= 1;
            return made.AsArrayView<T>(0, length);
        }
    }
}
