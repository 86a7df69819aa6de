using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>The GPU that cases run on, one of its own for each thread: after a kernel that does not compile, ILGPU is of no use any more.</summary>
internal sealed class DeviceOfCases : IDisposable
{
    private readonly string _name;
    private readonly ThreadLocal<GpuDevice?> _current = new(trackAllValues: true);

    /// <param name="name">As <see cref="GpuDevice.Open(string)"/> takes it; empty for the first GPU, or else the simulator.</param>
    /// <exception cref="GpuUnavailableException">There is no such device.</exception>
    public DeviceOfCases(string name)
    {
        _name = name.Length > 0 ? name : GpuDevice.All[0].Setting;
        _current.Value = GpuDevice.Open(_name);
    }

    /// <summary>The thread's device.</summary>
    public GpuDevice Current => _current.Value ??= GpuDevice.Open(_name);

    /// <summary>Has the thread's next case begin with a device that is as new.</summary>
    public void Renew()
    {
        _current.Value?.Dispose();
        _current.Value = null;
    }

    public void Dispose()
    {
        foreach (var device in _current.Values) device?.Dispose();
        _current.Dispose();
    }
}
