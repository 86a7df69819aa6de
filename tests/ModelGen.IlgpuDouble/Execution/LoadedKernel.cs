using System.Reflection;
using ILGPU.Runtime;

namespace ILGPU.Execution;

/// <summary>A kernel that has passed the checks of loading, and how its threads are to be run.</summary>
internal sealed class LoadedKernel
{
    const int MaxGridYz = 65535, MaxGroupZ = 64;

    readonly int maxThreads;
    readonly MethodInfo method;
    readonly Accelerator accelerator;

    public LoadedKernel(Accelerator accelerator, MethodInfo method, KernelSpecialization specialization)
    {
        this.accelerator = accelerator;
        this.method = method;
        Parameters = method.GetParameters();
        if (!method.IsStatic)
            throw new NotSupportedException($"Kernel '{Name}' is no static method (a lambda is none either).");
        if (method.ReturnType != typeof(void))
            throw new NotSupportedException($"Kernel '{Name}' returns {method.ReturnType.Name}.");
        foreach (var parameter in Parameters)
            CheckType($"{Name}({parameter.Name})", parameter.ParameterType);
        maxThreads = specialization.MaxNumThreadsPerGroup ?? GroupContext.MaxThreads;
        if (maxThreads > GroupContext.MaxThreads)
            throw new NotSupportedException($"Kernel '{Name}' is specialized for {maxThreads} threads in a group; {GroupContext.MaxThreads} is the limit.");
        Waits = WaitScan.Waits(method);
    }

    public string Name => method.Name;

    public ParameterInfo[] Parameters { get; }

    /// <summary>Whether the threads wait for each other anywhere.</summary>
    public bool Waits { get; }

    /// <summary>Bytes a rewritten kernel keeps of each thread while it waits.</summary>
    public int FrameSize { get; private set; }

    /// <summary>What a rewritten kernel waits for at each of its states.</summary>
    public SyncKind[] WaitKinds { get; private set; } = [];

    /// <summary>The kernel rewritten to return at each wait; null where it never waits or cannot be rewritten.</summary>
    public TDelegate? CreateResumable<TDelegate>()
        where TDelegate : Delegate
    {
        if (!Waits || ResumableMethod.TryCreate(method, typeof(TDelegate)) is not { } resumable)
            return null;
        FrameSize = resumable.FrameSize;
        WaitKinds = resumable.WaitKinds;
        return (TDelegate)resumable.Delegate;
    }

    /// <summary>Checks a launch and queues it.</summary>
    public void Enqueue(AcceleratorStream stream, KernelConfig config, LaunchArguments arguments, Action plain, Func<nint, int, int>? resumable)
    {
        CheckConfig(config);
        if (stream.Accelerator != accelerator)
            throw new ArgumentException($"Kernel '{Name}' was loaded on another accelerator than the stream's.", nameof(stream));
        arguments.Check();
        stream.Enqueue(() =>
        {
            Launch.Run(this, config, arguments, plain, resumable);
            accelerator.Executed++;
        });
    }

    void CheckConfig(KernelConfig config)
    {
        var (grid, group) = (config.GridDim, config.GroupDim);
        if (grid.X < 1 || grid.Y < 1 || grid.Z < 1 || group.X < 1 || group.Y < 1 || group.Z < 1)
            throw new ArgumentOutOfRangeException(nameof(config), $"Kernel '{Name}': the grid {grid} of groups {group} is empty.");
        if (grid.Y > MaxGridYz || grid.Z > MaxGridYz || group.Z > MaxGroupZ)
            throw new ArgumentOutOfRangeException(nameof(config),
                $"Kernel '{Name}': the grid {grid} of groups {group} exceeds Y, Z ≤ {MaxGridYz} or group Z ≤ {MaxGroupZ}.");
        if (group.LongSize > maxThreads)
            throw new ArgumentOutOfRangeException(nameof(config),
                $"Kernel '{Name}': a group of {group.LongSize} threads exceeds the {maxThreads} it was loaded for.");
    }

    void CheckType(string path, Type type)
    {
        if (type == typeof(bool) || type == typeof(char) || type.IsByRef || type.IsPointer || !type.IsValueType)
            throw new NotSupportedException($"Kernel parameter {path} is of type {type.Name}, which a kernel cannot take.");
        if (type.IsPrimitive || type.IsEnum || typeof(IArrayView).IsAssignableFrom(type))
            return;
        if (!type.IsVisible)
            throw new NotSupportedException($"Kernel parameter {path}: the struct {type.Name} must be public.");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            CheckType($"{path}.{field.Name}", field.FieldType);
    }
}
