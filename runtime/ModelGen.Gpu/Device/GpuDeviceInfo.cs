using System.Globalization;

namespace ModelGen.Gpu;

/// <summary>Describes a device that could be opened.</summary>
/// <param name="Backend">What drives it; never <see cref="GpuBackend.Auto"/>.</param>
/// <param name="Index">Which of the backend's devices, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="MemoryBytes">Its memory; for the simulator what the process may have.</param>
public sealed record GpuDeviceInfo(GpuBackend Backend, int Index, string Name, long MemoryBytes)
{
    /// <summary>Gets the text that <see cref="GpuDevice.Open(string)"/> takes for the device: <c>cuda:1</c>.</summary>
    public string Setting => string.Create(CultureInfo.InvariantCulture, $"{Backend.ToString().ToLowerInvariant()}:{Index}");

    /// <summary>Opens the device.</summary>
    /// <exception cref="GpuUnavailableException">It is not there any more.</exception>
    public GpuDevice Open() => GpuDevice.Open(Backend, Index);

    /// <summary>Returns the device as text: <c>cuda:0 NVIDIA H200, 139.8 GiB</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Setting} {Name}, {MemoryBytes / (double)(1L << 30):0.0} GiB");
}
