using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>Host memory that the device copies from and to by itself; kernels may not touch it.</summary>
public sealed unsafe class PageLockedArray1D<T> : IDisposable
    where T : unmanaged
{
    readonly T[] array;

    internal PageLockedArray1D(long length)
    {
        array = GC.AllocateArray<T>(checked((int)length), pinned: true);
        fixed (T* pointer = array)
        {
            ArrayView = new(pointer, length);
            DeviceMemory.RegisterHost(pointer, length * sizeof(T));
        }
    }

    /// <summary>The memory for the host.</summary>
    public Span<T> Span => array;

    /// <summary>The memory for copies.</summary>
    public ArrayView<T> ArrayView { get; }

    /// <summary>Elements.</summary>
    public long Length => array.LongLength;

    /// <inheritdoc/>
    public void Dispose() => DeviceMemory.UnregisterHost(ArrayView.Pointer);
}
