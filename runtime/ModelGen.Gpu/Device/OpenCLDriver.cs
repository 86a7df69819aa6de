using System.Globalization;
using System.Runtime.InteropServices;

namespace ModelGen.Gpu;

/// <summary>The few functions of OpenCL that ILGPU does not offer: events between queues, and why there is no device.</summary>
internal static unsafe class OpenCLDriver
{
    private const int NoPlatform = -1001;
    private const ulong AllKinds = 0xFFFFFFFF;
    private const uint DeviceName = 0x102B, DeviceVersion = 0x102F;

    private static readonly Lazy<nint> Library = new(() => DriverLibraries.Load("OpenCL"));

    /// <summary>Marks the work of a queue so far, and has it begun.</summary>
    /// <returns>The event, to be freed.</returns>
    public static nint Record(nint queue)
    {
        nint made;
        Check(((delegate* unmanaged<nint, uint, nint*, nint*, int>)Function("clEnqueueMarkerWithWaitList"))(queue, 0, null, &made));
        // Work that nobody waits for may lie in the queue for ever, and another queue's wait is none that the standard counts.
        Check(((delegate* unmanaged<nint, int>)Function("clFlush"))(queue));
        return made;
    }

    /// <summary>Waits on the host.</summary>
    public static void Wait(nint marker) => Check(((delegate* unmanaged<uint, nint*, int>)Function("clWaitForEvents"))(1, &marker));

    /// <summary>Has a queue wait, and not the host.</summary>
    public static void Delay(nint queue, nint marker) =>
        Check(((delegate* unmanaged<nint, uint, nint*, nint*, int>)Function("clEnqueueBarrierWithWaitList"))(queue, 1, &marker, null));

    /// <summary>Frees an event.</summary>
    public static void Release(nint marker) => Check(((delegate* unmanaged<nint, int>)Function("clReleaseEvent"))(marker));

    /// <summary>Why ILGPU has found no device, in a sentence.</summary>
    public static string WhyNone()
    {
        if (Library.Value == 0)
            return $"OpenCL's library {DriverLibraries.FileOf("OpenCL")} is not found: install an OpenCL loader and the device's driver.";
        if (!NativeLibrary.TryGetExport(Library.Value, "clGetPlatformIDs", out var getPlatforms)
            || !NativeLibrary.TryGetExport(Library.Value, "clGetDeviceIDs", out var getDevices))
            return $"{DriverLibraries.FileOf("OpenCL")} is no OpenCL library.";
        uint count = 0;
        if (((delegate* unmanaged<uint, nint*, uint*, int>)getPlatforms)(0, null, &count) is var failed && failed != 0 && failed != NoPlatform)
            return string.Create(CultureInfo.InvariantCulture, $"clGetPlatformIDs answers {failed}.");
        if (count == 0)
            return "OpenCL's library is there, and no device's driver.";
        var found = new List<string>();
        var platforms = new nint[count];
        fixed (nint* first = platforms)
            _ = ((delegate* unmanaged<uint, nint*, uint*, int>)getPlatforms)(count, first, null);
        foreach (var platform in platforms)
        {
            uint devices = 0;
            if (((delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)getDevices)(platform, AllKinds, 0, null, &devices) != 0 || devices == 0)
                continue;
            var ids = new nint[devices];
            fixed (nint* first = ids)
                _ = ((delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)getDevices)(platform, AllKinds, devices, first, null);
            found.AddRange(ids.Select(id => $"{Info(id, DeviceName)} ({Info(id, DeviceVersion)})"));
        }

        return found.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{count} OpenCL platform{(count == 1 ? "" : "s")}, and no device.")
            : $"none of {string.Join(", ", found)} has what ILGPU needs: OpenCL C 2.0 or newer, and the generic address space.";
    }

    private static string Info(nint device, uint what)
    {
        nuint length = 0;
        var getInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Function("clGetDeviceInfo");
        if (getInfo(device, what, 0, null, &length) != 0 || length == 0)
            return "?";
        var text = new byte[length];
        fixed (byte* first = text)
            return getInfo(device, what, length, first, null) == 0 ? Marshal.PtrToStringUTF8((nint)first)!.Trim() : "?";
    }

    private static nint Function(string name) => NativeLibrary.GetExport(Library.Value, name);

    private static void Check(int error)
    {
        if (error != 0)
            throw new DriverException("OpenCL", error.ToString(CultureInfo.InvariantCulture));
    }
}
