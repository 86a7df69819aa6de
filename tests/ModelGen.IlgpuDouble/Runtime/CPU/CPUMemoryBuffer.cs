namespace ILGPU.Runtime.CPU;

/// <summary>Host memory of exactly some length, for copies.</summary>
public sealed unsafe class CPUMemoryBuffer : IDisposable
{
    readonly nint pointer;

    CPUMemoryBuffer(nint pointer, long length) => (this.pointer, Length) = (pointer, length);

    /// <summary>Elements.</summary>
    public long Length { get; }

    /// <summary>Names memory that someone else owns.</summary>
    public static CPUMemoryBuffer Create(Accelerator accelerator, nint ptr, long length, int elementSize) => new(ptr, length);

    /// <summary>A part of it as a view.</summary>
    public ArrayView<T> AsArrayView<T>(long offset, long length)
        where T : unmanaged
    {
        if (offset < 0 || length < 0 || offset + length > Length)
            throw new ArgumentOutOfRangeException(nameof(length), $"{offset} + {length} elements are not in a buffer of {Length}.");
        return new((T*)pointer + offset, length);
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
