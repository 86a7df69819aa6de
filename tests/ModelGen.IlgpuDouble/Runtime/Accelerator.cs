using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>A started device.</summary>
public sealed class Accelerator : IDisposable
{
    readonly List<AcceleratorStream> streams = [];

    internal Accelerator(Context context, Device device)
    {
        Context = context;
        Device = device;
        DefaultStream = CreateStream();
    }

    /// <summary>The context.</summary>
    public Context Context { get; }

    /// <summary>The device.</summary>
    public Device Device { get; }

    /// <summary>What drives it.</summary>
    public AcceleratorType AcceleratorType => Device.AcceleratorType;

    /// <summary>Its name.</summary>
    public string Name => Device.Name;

    /// <summary>Bytes of memory.</summary>
    public long MemorySize => Device.MemorySize;

    /// <summary>Threads of a warp.</summary>
    public int WarpSize => Warp.WarpSize;

    /// <summary>The most threads of a group.</summary>
    public int MaxNumThreadsPerGroup => GroupContext.MaxThreads;

    /// <summary>The most shared memory of a group, in bytes.</summary>
    public int MaxSharedMemoryPerGroup => GroupContext.MaxSharedBytes;

    /// <summary>The stream of calls that name none.</summary>
    public AcceleratorStream DefaultStream { get; }

    /// <summary>Makes a stream without any order to the others.</summary>
    public AcceleratorStream CreateStream()
    {
        var stream = new AcceleratorStream(this);
        lock (streams)
            streams.Add(stream);
        return stream;
    }

    /// <summary>Runs the work of all streams.</summary>
    public void Synchronize()
    {
        AcceleratorStream[] all;
        lock (streams)
            all = [.. streams];
        foreach (var stream in all)
            stream.Synchronize();
    }

    /// <summary>Allocates device memory, filled with 0xCD.</summary>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate1D<T>(long length)
        where T : unmanaged => new(this, length);

    /// <summary>Allocates device memory with a copy of an array.</summary>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate1D<T>(T[] data)
        where T : unmanaged
    {
        var buffer = Allocate1D<T>(data.Length);
        buffer.CopyFromCPU(data);
        return buffer;
    }

    /// <summary>The launches that have run.</summary>
    public int Executed { get; internal set; }

    /// <summary>Whether <see cref="Lose"/> was called.</summary>
    public bool IsLost { get; private set; }

    /// <summary>From here on each call of the device fails, as after a driver's reset.</summary>
    public void Lose() => IsLost = true;

    /// <summary>Checks a kernel.</summary>
    public CompiledKernel CompileKernel(in EntryPointDescription entry, in KernelSpecialization specialization) => new(entry.MethodSource, specialization);

    /// <summary>Loads a kernel.</summary>
    public Kernel LoadKernel(CompiledKernel kernel) => new(this, kernel);

    /// <summary>Makes the device the thread's current one; the double needs none.</summary>
    public void Bind() { }

    /// <summary>Makes the device the thread's current one for a time.</summary>
    public ScopedAcceleratorBinding BindScoped() => default;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsLost)
            Synchronize();
    }

    internal void ThrowIfLost()
    {
        if (IsLost)
            throw new LostException();
    }

    internal void Forget(AcceleratorStream stream)
    {
        lock (streams)
            streams.Remove(stream);
    }
}
