namespace ModelGen.Gpu;

/// <summary>The exception that is thrown when there is no such device. It says what there is, and why the rest is not.</summary>
public sealed class GpuUnavailableException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="GpuUnavailableException"/> class.</summary>
    /// <param name="wanted">The setting that was asked for.</param>
    /// <param name="tried">One sentence for each backend.</param>
    /// <param name="available">The devices that there are.</param>
    public GpuUnavailableException(string wanted, IReadOnlyList<string> tried, IReadOnlyList<GpuDeviceInfo> available)
        : base(Text(wanted, tried, available))
    {
        Tried = tried;
        Available = available;
    }

    /// <summary>Gets one sentence for each backend that was tried, in order.</summary>
    public IReadOnlyList<string> Tried { get; }

    /// <summary>Gets the devices that exist, ILGPU's simulator (<c>cpu</c>) among them.</summary>
    public IReadOnlyList<GpuDeviceInfo> Available { get; }

    private static string Text(string wanted, IReadOnlyList<string> tried, IReadOnlyList<GpuDeviceInfo> available)
    {
        var devices = available.Where(device => device.Backend != GpuBackend.Cpu).ToList();
        var there = devices.Count > 0
            ? $"There is {string.Join("; ", devices)}."
            : "Without a GPU, train the model itself and not a session of it: the CPU code is fast. \"cpu\" is ILGPU's simulator, for tests, and far slower.";
        return $"There is no device \"{wanted}\". {string.Join(" ", tried)} {there}";
    }
}
