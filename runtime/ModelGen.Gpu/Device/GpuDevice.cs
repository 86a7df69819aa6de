using System.Globalization;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace ModelGen.Gpu;

/// <summary>Represents an opened device. Several sessions may share it; dispose it after them.</summary>
/// <remarks>
/// A kernel that ILGPU fails to compile spoils the whole device object: open a new one after such a failure.
/// </remarks>
public sealed class GpuDevice : IDisposable
{
    private const string Names = "auto, cuda, opencl or cpu, with an index if wanted (cuda:1)";

    private static readonly GpuBackend[] BestFirst = [GpuBackend.Cuda, GpuBackend.OpenCL];

    // Drivers are set up at their first use, and not all of them well by two threads at once.
    private static readonly object Drivers = new();

    private readonly object _gate = new();
    private readonly List<WeakReference<GpuSessionCore>> _sessions = [];
    private readonly Context _context;
    private readonly Accelerator _accelerator;

    internal GpuDevice(Context context, Device device, GpuBackend backend)
    {
        _context = context;
        Backend = backend;
        _accelerator = device.CreateAccelerator(context);
        Memory = new GpuMemory(_accelerator, backend, device.Name);
        HasTensorCores = backend == GpuBackend.Cuda && IsAtLeast8();
    }

    /// <summary>Gets the devices that could be opened now, the best first; ILGPU's simulator on the processor (<c>cpu</c>) is the last.</summary>
    public static IReadOnlyList<GpuDeviceInfo> All
    {
        get
        {
            lock (Drivers)
                return [.. BestFirst.Append(GpuBackend.Cpu).SelectMany(Find)];
        }
    }

    /// <summary>Gets what drives the device; it is never <see cref="GpuBackend.Auto"/>.</summary>
    public GpuBackend Backend { get; }

    /// <summary>Gets the device's name.</summary>
    public string Name => Accelerator.Name;

    /// <summary>Gets the device's memory in bytes; for the simulator what the process may have.</summary>
    public long MemoryBytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return Memory.TotalBytes;
        }
    }

    /// <summary>Gets how much of that memory sessions can still take, in bytes, as far as the driver tells: OpenCL does not count what other processes
    /// have.</summary>
    public long FreeMemoryBytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return Memory.FreeBytes();
        }
    }

    /// <summary>Gets whether the device multiplies TensorFloat32 on tensor cores: an NVIDIA device of compute capability 8.0 or newer.</summary>
    public bool HasTensorCores { get; internal init; }

    /// <summary>Gets ILGPU's object of the device.</summary>
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

    internal GpuMemory Memory { get; }

    internal KernelCache Kernels { get; } = new();

    /// <summary>Opens a device.</summary>
    /// <param name="backend">What is to drive it. <see cref="GpuBackend.Auto"/> takes CUDA, or else OpenCL: the simulator only opens where it is
    /// named, since ModelGen's own CPU code is far faster.</param>
    /// <param name="index">Which of the backend's devices, from 0.</param>
    /// <exception cref="GpuUnavailableException">There is none; the message says what there is, and why the rest is not.</exception>
    public static GpuDevice Open(GpuBackend backend = GpuBackend.Auto, int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var tried = new List<string>();
        foreach (var candidate in backend == GpuBackend.Auto ? BestFirst : [backend])
        {
            lock (Drivers)
            {
                if (TryOpen(candidate, index, tried) is { } device)
                    return device;
            }
        }

        var wanted = backend.ToString().ToLowerInvariant() + (index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{index}"));
        throw new GpuUnavailableException(wanted, tried, All);
    }

    /// <summary>Opens the device that a setting names: <c>auto</c>, <c>cuda</c>, <c>opencl</c>, <c>cpu</c>, or with an index <c>cuda:1</c>.</summary>
    /// <param name="name">The setting, in any case.</param>
    /// <exception cref="ArgumentException">The setting is none of these.</exception>
    /// <exception cref="GpuUnavailableException">There is no such device.</exception>
    public static GpuDevice Open(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!TryParse(name, out var backend, out var index))
            throw new ArgumentException($"'{name}' is no device: use {Names}.", nameof(name));
        return Open(backend, index);
    }

    /// <summary>Returns a value indicating whether a text is the name of a device, present or not: one that <see cref="Open(string)"/> takes.</summary>
    /// <param name="name">The text.</param>
    public static bool IsName(string? name) => name is not null && TryParse(name, out _, out _);

    /// <summary>Returns the device as text: <c>NVIDIA H200 (Cuda, 139.8 GiB)</c>.</summary>
    public override string ToString() => IsDisposed ? $"{Backend}, disposed" :
        string.Create(CultureInfo.InvariantCulture, $"{Name} ({Backend}, {MemoryBytes / (double)(1L << 30):0.0} GiB)");

    /// <summary>Waits for what sessions are computing, and closes the device. Sessions that are still open lose what only the device had, and throw
    /// <see cref="ObjectDisposedException"/> from then on.</summary>
    public void Dispose()
    {
        List<GpuSessionCore> open;
        lock (_gate)
        {
            if (IsDisposed)
                return;
            IsDisposed = true;
            open = [.. _sessions.Select(session => session.TryGetTarget(out var target) ? target : null).OfType<GpuSessionCore>()];
            _sessions.Clear();
        }

        foreach (var session in open)
            session.WaitForTheLast();
        try
        {
            _accelerator.Dispose();
        }
        catch (AcceleratorException)
        {
            // Of a device that is gone nothing can be given back.
        }

        _context.Dispose();
    }

    internal void Join(GpuSessionCore session)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            _sessions.RemoveAll(other => !other.TryGetTarget(out _));
            _sessions.Add(new(session));
        }
    }

    internal void Leave(GpuSessionCore session)
    {
        lock (_gate)
            _sessions.RemoveAll(other => !other.TryGetTarget(out var target) || target == session);
    }

    private bool IsAtLeast8()
    {
        using var binding = _accelerator.BindScoped();
        return CudaDriver.ComputeCapability() >= 8;
    }

    private static bool TryParse(string name, out GpuBackend backend, out int index)
    {
        index = 0;
        var parts = name.Split(':');
        var isKnown = Enum.TryParse(parts[0], ignoreCase: true, out backend) && parts[0].All(char.IsAsciiLetter);
        return isKnown && (parts.Length == 1
            || (parts.Length == 2 && backend != GpuBackend.Auto && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)));
    }

    private static List<GpuDeviceInfo> Find(GpuBackend backend)
    {
        try
        {
            using var context = Create(backend, isToBeUsed: false);
            return [.. DevicesOf(context, backend).Select((device, index) => Info(device, backend, index))];
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Drivers fail in many ways, and each only means that this backend is not to be had.
            return [];
        }
    }

    private static GpuDevice? TryOpen(GpuBackend backend, int index, List<string> tried)
    {
        Context? context = null;
        try
        {
            context = Create(backend, isToBeUsed: true);
            var devices = DevicesOf(context, backend);
            if (index < devices.Count)
                return new GpuDevice(context, devices[index], backend);
            tried.Add(devices.Count == 0
                ? $"{backend}: {WhyNone(backend)}"
                : string.Create(CultureInfo.InvariantCulture, $"{backend}: there is no device {index}, the last is {devices.Count - 1}."));
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

    // O2, because O1 loads and stores without naming the address space; the algorithms bring XMath and rounding.
    private static Context Create(GpuBackend backend, bool isToBeUsed)
    {
        DriverLibraries.EnsureResolved();
        return Context.Create(builder =>
        {
            Enable(builder, backend);
            if (isToBeUsed)
                builder.Optimize(OptimizationLevel.O2).EnableAlgorithms();
        });
    }

    private static Context.Builder Enable(Context.Builder builder, GpuBackend backend) => backend switch
    {
        GpuBackend.Cuda => builder.Cuda(),
        GpuBackend.OpenCL => builder.OpenCL(),
        // Markers in its streams are profiling to ILGPU.
        _ => builder.CPU(CPUDeviceKind.Nvidia).Profiling(),
    };

    // Where it has found none, ILGPU offers its processor, whatever was asked for.
    private static List<Device> DevicesOf(Context context, GpuBackend backend)
    {
        var type = backend switch
        {
            GpuBackend.Cuda => AcceleratorType.Cuda,
            GpuBackend.OpenCL => AcceleratorType.OpenCL,
            _ => AcceleratorType.CPU,
        };
        return [.. context.Devices.Where(device => device.AcceleratorType == type)];
    }

    private static GpuDeviceInfo Info(Device device, GpuBackend backend, int index) => new(
        backend, index, device.Name, backend == GpuBackend.Cpu ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : device.MemorySize);

    private static string WhyNone(GpuBackend backend) => backend switch
    {
        GpuBackend.Cuda => CudaDriver.WhyNone(),
        GpuBackend.OpenCL => OpenCLDriver.WhyNone(),
        _ => "no device found.",
    };
}
