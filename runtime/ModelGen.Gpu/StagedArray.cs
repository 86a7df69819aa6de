using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>Page-locked host memory: what the device can copy by itself, without the driver's detour through a buffer of its own.</summary>
internal sealed class StagedArray<T>(Accelerator accelerator, AcceleratorStream stream) : IDisposable
    where T : unmanaged
{
    private PageLockedArray1D<T>? _array;

    /// <summary>The memory for the host.</summary>
    public Span<T> Span => _array is null ? default : _array.Span;

    /// <summary>Makes it hold at least a number of elements; the contents are lost when it grows.</summary>
    public void EnsureAtLeast(long length)
    {
        if (_array is not null && _array.Length >= length)
            return;
        if (length > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(length), FormattableString.Invariant($"{length} elements exceed one array ({Array.MaxLength})."));
        stream.Synchronize();
        // Where the new one cannot be had there is none, rather than one that is gone.
        (var old, _array) = (_array, null);
        old?.Dispose();
        _array = accelerator.AllocatePageLocked1D<T>(Math.Max(length, 1), true);
    }

    /// <summary>Queues a copy of the first elements to the device; they must stay as they are until the stream has run.</summary>
    public void CopyTo(ArrayView<T> target, long length) =>
        target.SubView(0, length).CopyFrom(stream, _array!.ArrayView.SubView(0, length));

    /// <summary>Queues a copy of the device's first elements to here; they are there when the stream has run.</summary>
    public void CopyFrom(ArrayView<T> source, long length) =>
        source.SubView(0, length).CopyTo(stream, _array!.ArrayView.SubView(0, length));

    public void Dispose() => _array?.Dispose();
}
