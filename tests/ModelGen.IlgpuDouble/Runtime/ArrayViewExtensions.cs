using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>Copies and fills, each queued on a stream.</summary>
public static unsafe class ArrayViewExtensions
{
    /// <summary>Where the view lies in memory.</summary>
    public static IntPtr LoadEffectiveAddressAsPtr<T>(this ArrayView<T> view)
        where T : unmanaged => (IntPtr)view.Pointer;

    /// <summary>Sets every byte to zero.</summary>
    public static void MemSetToZero<T>(this ArrayView<T> view, AcceleratorStream stream)
        where T : unmanaged => stream.Enqueue(() =>
        {
            DeviceMemory.Check(view, "MemSetToZero");
            view.AsSpan().Clear();
        });

    /// <summary>Sets every byte to zero and waits.</summary>
    public static void MemSetToZero<T, TStride>(this MemoryBuffer1D<T, TStride> buffer)
        where T : unmanaged
        where TStride : struct
    {
        buffer.View.BaseView.MemSetToZero(buffer.Accelerator.DefaultStream);
        buffer.Accelerator.DefaultStream.Synchronize();
    }

    /// <summary>Sets every byte to zero.</summary>
    public static void MemSetToZero<T, TStride>(this MemoryBuffer1D<T, TStride> buffer, AcceleratorStream stream)
        where T : unmanaged
        where TStride : struct => buffer.View.BaseView.MemSetToZero(stream);

    /// <summary>Copies to a view at least as long.</summary>
    public static void CopyTo<T>(this ArrayView<T> source, AcceleratorStream stream, ArrayView<T> target)
        where T : unmanaged
    {
        if (target.Length < source.Length)
            throw new ArgumentOutOfRangeException(nameof(target), $"{source.Length} elements do not fit a view of {target.Length}.");
        stream.Enqueue(() =>
        {
            DeviceMemory.Check(source, "CopyTo");
            DeviceMemory.Check(target, "CopyTo");
            source.AsSpan().CopyTo(target.AsSpan());
        });
    }

    /// <summary>Copies from a view of at most this one's length.</summary>
    public static void CopyFrom<T>(this ArrayView<T> target, AcceleratorStream stream, ArrayView<T> source)
        where T : unmanaged => source.CopyTo(stream, target);

    /// <summary>Copies an array to the device and waits.</summary>
    public static void CopyFromCPU<T, TStride>(this MemoryBuffer1D<T, TStride> buffer, T[] data)
        where T : unmanaged
        where TStride : struct
    {
        buffer.Accelerator.DefaultStream.Synchronize();
        data.CopyTo(buffer.View.BaseView.AsSpan());
    }

    /// <summary>Copies the device's memory to an array and waits.</summary>
    public static void CopyToCPU<T, TStride>(this MemoryBuffer1D<T, TStride> buffer, T[] data)
        where T : unmanaged
        where TStride : struct
    {
        buffer.Accelerator.DefaultStream.Synchronize();
        buffer.View.BaseView.AsSpan().CopyTo(data);
    }

    /// <summary>The device's memory as a new array.</summary>
    public static T[] GetAsArray1D<T, TStride>(this MemoryBuffer1D<T, TStride> buffer)
        where T : unmanaged
        where TStride : struct
    {
        var data = new T[buffer.Length];
        buffer.CopyToCPU(data);
        return data;
    }
}
