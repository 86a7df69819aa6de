using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>One launch: a kernel, and which arguments of the program's kernel it takes.</summary>
/// <remarks>Told apart by where it stands, not by what it says: each is a method of its own.</remarks>
internal sealed class GpuLaunch
{
    public GpuLaunch(GpuSchedule schedule, EquatableArray<int> arguments, string suffix = "", GpuSchedule? tensor = null) =>
        (Schedule, Arguments, Suffix, Tensor) = (schedule, arguments, suffix, tensor);

    /// <summary>Gets how it is computed.</summary>
    public GpuSchedule Schedule { get; }

    /// <summary>Gets the numbers of its arguments among those of the program's kernel; below 0 those of scratch tensors.</summary>
    public EquatableArray<int> Arguments { get; }

    /// <summary>Gets what its name has behind that of the program's kernel.</summary>
    public string Suffix { get; }

    /// <summary>Gets how it is computed where the device has tensor cores; null where that is the same.</summary>
    public GpuSchedule? Tensor { get; }
}
