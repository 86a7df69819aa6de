using System.Globalization;
using System.Runtime.InteropServices;

namespace ModelGen.Gpu;

/// <summary>The few functions of NVIDIA's driver that ILGPU does not offer: events between streams, free memory, and why there is no device.</summary>
internal static unsafe class CudaDriver
{
    private const uint WithoutTiming = 2;

    private const int MajorOfComputeCapability = 75;

    private static readonly Lazy<nint> Library = new(() => DriverLibraries.Load("cuda"));

    /// <summary>Makes an event without a time.</summary>
    public static nint CreateEvent()
    {
        nint made;
        Check(((delegate* unmanaged<nint*, uint, int>)Function("cuEventCreate"))(&made, WithoutTiming));
        return made;
    }

    /// <summary>Marks the work of a stream so far.</summary>
    public static void Record(nint marker, nint stream) => Check(((delegate* unmanaged<nint, nint, int>)Function("cuEventRecord"))(marker, stream));

    /// <summary>Waits on the host.</summary>
    public static void Wait(nint marker) => Check(((delegate* unmanaged<nint, int>)Function("cuEventSynchronize"))(marker));

    /// <summary>Has a stream wait, and not the host.</summary>
    public static void Delay(nint stream, nint marker) => Check(((delegate* unmanaged<nint, nint, uint, int>)Function("cuStreamWaitEvent"))(stream, marker, 0));

    /// <summary>Frees an event.</summary>
    public static void Destroy(nint marker) => Check(((delegate* unmanaged<nint, int>)Function("cuEventDestroy_v2"))(marker));

    /// <summary>The free bytes of the device whose context is the thread's.</summary>
    public static long FreeBytes()
    {
        nuint free, all;
        Check(((delegate* unmanaged<nuint*, nuint*, int>)Function("cuMemGetInfo_v2"))(&free, &all));
        return (long)free;
    }

    /// <summary>The major number of the compute capability of the device whose context is the thread's.</summary>
    public static int ComputeCapability()
    {
        var (device, major) = (0, 0);
        Check(((delegate* unmanaged<int*, int>)Function("cuCtxGetDevice"))(&device));
        Check(((delegate* unmanaged<int*, int, int, int>)Function("cuDeviceGetAttribute"))(&major, MajorOfComputeCapability, device));
        return major;
    }

    /// <summary>Why ILGPU has found no device, in a sentence.</summary>
    public static string WhyNone()
    {
        if (Library.Value == 0)
            return $"NVIDIA's driver library {DriverLibraries.FileOf("cuda")} is not found: install the driver.";
        if (!NativeLibrary.TryGetExport(Library.Value, "cuInit", out var init)
            || !NativeLibrary.TryGetExport(Library.Value, "cuDeviceGetCount", out var getCount))
            return $"{DriverLibraries.FileOf("cuda")} is no driver library.";
        var (version, count) = (0, 0);
        if (NativeLibrary.TryGetExport(Library.Value, "cuDriverGetVersion", out var getVersion))
            _ = ((delegate* unmanaged<int*, int>)getVersion)(&version);
        var driver = string.Create(CultureInfo.InvariantCulture, $"the driver is there (CUDA {version / 1000}.{version % 1000 / 10})");
        if (((delegate* unmanaged<uint, int>)init)(0) is var failed && failed != 0)
            return string.Create(CultureInfo.InvariantCulture, $"{driver}, and cuInit answers {Text(failed)}.");
        _ = ((delegate* unmanaged<int*, int>)getCount)(&count);
        return count == 0
            ? $"{driver}, and has no device."
            : string.Create(CultureInfo.InvariantCulture,
                $"{driver} with {count} device{(count == 1 ? "" : "s")}, none that ILGPU 1.5 can use (compute capability 3.0 and CUDA 9 or newer).");
    }

    private static nint Function(string name) => NativeLibrary.GetExport(Library.Value, name);

    private static void Check(int error)
    {
        if (error != 0)
            throw new DriverException("CUDA", Text(error));
    }

    private static string Text(int error)
    {
        byte* text = null;
        if (NativeLibrary.TryGetExport(Library.Value, "cuGetErrorString", out var getString))
            _ = ((delegate* unmanaged<int, byte**, int>)getString)(error, &text);
        return string.Create(CultureInfo.InvariantCulture, $"{error} ({(text == null ? "unknown error" : Marshal.PtrToStringUTF8((nint)text))})");
    }
}
