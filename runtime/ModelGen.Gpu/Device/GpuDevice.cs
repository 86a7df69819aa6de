using System.Globalization;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace ModelGen.Gpu;

/// <summary>An opened device. Several sessions may share it; dispose it after them.</summary>
/// <remarks>
/// A kernel that ILGPU fails to compile spoils the whole device object: open a new one after such a failure.
/// </remarks>
public sealed class GpuDevice : IDisposable
{
    private static readonly GpuBackend[] BestFirst = [GpuBackend.Cuda, GpuBackend.OpenCL, GpuBackend.Cpu];

    private readonly Context _context;
    private readonly Accelerator _accelerator;

    private GpuDevice(Context context, Device device, GpuBackend backend)
    {
        _context = context;
        Backend = backend;
        _accelerator = device.CreateAccelerator(context);
    }

    /// <summary>What drives the device; never <see cref="GpuBackend.Best"/>.</summary>
    public GpuBackend Backend { get; }

    /// <summary>The device's name.</summary>
    public string Name => Accelerator.Name;

    /// <summary>The device's memory in bytes.</summary>
    public long MemoryBytes => Accelerator.MemorySize;

    /// <summary>ILGPU's object of the device.</summary>
    /// <exception cref="ObjectDisposedException">The device was disposed; so do <see cref="Name"/> and <see cref="MemoryBytes"/>.</exception>
    public Accelerator Accelerator
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _accelerator;
        }
    }

    internal bool IsDisposed { get; private set; }

    /// <summary>Opens a device.</summary>
    /// <param name="backend">What is to drive it.</param>
    /// <param name="index">Which of the backend's devices, from 0.</param>
    /// <exception cref="GpuUnavailableException">There is none; the message says what was tried.</exception>
    public static GpuDevice Open(GpuBackend backend = GpuBackend.Best, int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        CudaLibrary.EnsureResolved();
        var tried = new List<string>();
        foreach (var candidate in backend == GpuBackend.Best ? BestFirst : [backend])
        {
            if (TryOpen(candidate, index, tried) is { } device)
                return device;
        }

        throw new GpuUnavailableException(tried);
    }

    /// <summary>Opens the device that a setting names: <c>best</c>, <c>cuda</c>, <c>opencl</c>, <c>cpu</c>, or with an index <c>cuda:1</c>.</summary>
    /// <param name="name">The setting, in any case.</param>
    /// <exception cref="ArgumentException">The setting is none of these.</exception>
    /// <exception cref="GpuUnavailableException">There is no such device.</exception>
    public static GpuDevice Open(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split(':');
        var index = 0;
        var isKnown = parts.Length <= 2
            && parts[0].All(char.IsAsciiLetter)
            && Enum.TryParse<GpuBackend>(parts[0], ignoreCase: true, out _)
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!isKnown)
            throw new ArgumentException($"'{name}' is no device: use best, cuda, opencl or cpu, with an index if wanted (cuda:1).", nameof(name));
        return Open(Enum.Parse<GpuBackend>(parts[0], ignoreCase: true), index);
    }

    /// <summary>Writes <c>NVIDIA H200 (Cuda, 139.8 GiB)</c>.</summary>
    public override string ToString() => IsDisposed ? $"{Backend}, disposed" :
        string.Create(CultureInfo.InvariantCulture, $"{Name} ({Backend}, {MemoryBytes / (double)(1L << 30):0.0} GiB)");

    /// <summary>Closes the device. Sessions that are still open lose what only the device had, and throw <see cref="ObjectDisposedException"/> from then
    /// on.</summary>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        _accelerator.Dispose();
        _context.Dispose();
    }

    private static GpuDevice? TryOpen(GpuBackend backend, int index, List<string> tried)
    {
        Context? context = null;
        try
        {
            // O2, because O1 loads and stores without naming the address space; the algorithms bring XMath and rounding.
            context = Context.Create(builder => Enable(builder, backend).Optimize(OptimizationLevel.O2).EnableAlgorithms());
            var devices = context.Devices;
            if (index < devices.Length)
                return new GpuDevice(context, devices[index], backend);
            tried.Add(devices.Length == 0
                ? $"{backend}: no device found."
                : string.Create(CultureInfo.InvariantCulture, $"{backend}: there is no device {index}, the last is {devices.Length - 1}."));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Drivers fail in many ways, and each only means that this backend is not to be had.
            var cause = error.GetBaseException();
            tried.Add($"{backend}: {cause.GetType().Name}: {cause.Message}");
        }

        context?.Dispose();
        return null;
    }

    private static Context.Builder Enable(Context.Builder builder, GpuBackend backend) => backend switch
    {
        GpuBackend.Cuda => builder.Cuda(),
        GpuBackend.OpenCL => builder.OpenCL(),
        _ => builder.CPU(CPUDeviceKind.Nvidia),
    };
}
