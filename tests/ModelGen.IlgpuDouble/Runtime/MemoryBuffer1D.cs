namespace ILGPU.Runtime;

/// <summary>Device memory of one dimension.</summary>
public sealed unsafe class MemoryBuffer1D<T, TStride> : MemoryBuffer
    where T : unmanaged
    where TStride : struct
{
    internal MemoryBuffer1D(Accelerator accelerator, long length)
        : base(accelerator, length, sizeof(T)) { }

    /// <summary>The whole buffer.</summary>
    public ArrayView1D<T, TStride> View
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return new(new((void*)NativePtr, Length));
        }
    }

    /// <summary>The whole buffer.</summary>
    public static implicit operator ArrayView1D<T, TStride>(MemoryBuffer1D<T, TStride> buffer) => buffer.View;

    /// <summary>The whole buffer.</summary>
    public static explicit operator ArrayView<T>(MemoryBuffer1D<T, TStride> buffer) => buffer.View.BaseView;
}
