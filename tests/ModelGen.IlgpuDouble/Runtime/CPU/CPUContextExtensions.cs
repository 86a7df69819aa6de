namespace ILGPU.Runtime.CPU;

/// <summary>CPU devices of a context.</summary>
public static class CPUContextExtensions
{
    /// <summary>Offers the CPU.</summary>
    public static Context.Builder CPU(this Context.Builder builder, CPUDeviceKind kind)
    {
        if (kind != CPUDeviceKind.Nvidia)
            throw new ArgumentException("The default CPU device has groups of 16 threads: ask for CPUDeviceKind.Nvidia.", nameof(kind));
        builder.Devices.Add(new CPUDevice());
        return builder;
    }
}
