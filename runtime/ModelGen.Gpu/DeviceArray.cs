using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A device buffer that grows and never shrinks: ILGPU has no pool, so nothing is allocated in a step.</summary>
internal sealed class DeviceArray<T>(Accelerator accelerator, AcceleratorStream stream) : IDisposable
    where T : unmanaged
{
    private MemoryBuffer1D<T, Stride1D.Dense>? _buffer;

    /// <summary>The whole buffer.</summary>
    public ArrayView<T> View { get; private set; }

    /// <summary>Makes it hold at least a number of elements; the contents are lost when it grows, and cleared.</summary>
    /// <returns>Whether it grew.</returns>
    public bool EnsureAtLeast(long length)
    {
        if (_buffer is not null && _buffer.Length >= length)
            return false;
        var bytes = (decimal)length * Unsafe.SizeOf<T>();
        if (bytes > accelerator.MemorySize)
        {
            throw new InsufficientMemoryException(
                FormattableString.Invariant($"An array of {length} elements on the device needs {bytes} bytes, and it has {accelerator.MemorySize}."));
        }

        // Kernels in flight may still use the old memory.
        stream.Synchronize();
        (var old, _buffer) = (_buffer, null);
        old?.Dispose();
        _buffer = accelerator.Allocate1D<T>(Math.Max(length, 1));
        View = _buffer.View;
        return true;
    }

    /// <summary>Clears it, on the stream.</summary>
    public void Clear() => View.MemSetToZero(stream);

    public void Dispose() => _buffer?.Dispose();
}
