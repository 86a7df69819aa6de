using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>Device memory.</summary>
public abstract unsafe class MemoryBuffer : IDisposable
{
    private protected MemoryBuffer(Accelerator accelerator, long length, int elementSize)
    {
        Accelerator = accelerator;
        Length = length;
        ElementSize = elementSize;
        NativePtr = (nint)DeviceMemory.Allocate(LengthInBytes);
    }

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Elements.</summary>
    public long Length { get; }

    /// <summary>Bytes of an element.</summary>
    public int ElementSize { get; }

    /// <summary>Bytes.</summary>
    public long LengthInBytes => Length * ElementSize;

    /// <summary>The device address.</summary>
    public nint NativePtr { get; private set; }

    /// <summary>Whether the memory is gone.</summary>
    public bool IsDisposed => NativePtr == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        DeviceMemory.Free((void*)NativePtr);
        NativePtr = 0;
    }
}
