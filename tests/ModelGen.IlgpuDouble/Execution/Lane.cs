using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ILGPU.Execution;

/// <summary>One thread of a group: what Group, Grid and Warp answer from, and where it stands between two waits.</summary>
internal sealed class Lane(GroupContext group, int linearIndex)
{
    [ThreadStatic]
    static Lane? current;

    Slot published, received;

    public static Lane? CurrentOrNull => current;

    public static Lane Current
    {
        get => current ?? ThrowOutside();
        set => current = value;
    }

    public GroupContext Group { get; } = group;

    public int LinearIndex { get; } = linearIndex;

    public Index3D Index { get; set; }

    /// <summary>Shared arrays the thread has allocated so far: the call sites are told apart by their order.</summary>
    public int SharedArrays { get; set; }

    /// <summary>The place to resume a resumable kernel at; 0 is its beginning.</summary>
    public int State { get; set; }

    /// <summary>What the thread waits at, or that it has finished.</summary>
    public SyncKind Waiting { get; set; }

    /// <summary>Whether the thread may run on.</summary>
    public bool Ready { get; set; }

    /// <summary>The lane number or distance given with <see cref="published"/>.</summary>
    public int Operand { get; private set; }

    /// <summary>The thread that runs this lane, for kernels that wait inside a helper.</summary>
    public LaneThread? Thread { get; set; }

    public static void Leave() => current = null;

    public void Reset()
    {
        SharedArrays = 0;
        State = 0;
        Waiting = SyncKind.Finished;
        Ready = true;
    }

    /// <summary>Waits, on a thread of its own.</summary>
    public void Suspend(SyncKind kind)
    {
        if (Thread is null)
            throw new InvalidOperationException($"{kind} was reached by a way that the scan of the kernel's code did not see.");
        Thread.Suspend(kind);
    }

    /// <summary>Gives a value, waits and takes one, on a thread of its own.</summary>
    public T Exchange<T>(T value, int operand, SyncKind kind)
        where T : unmanaged
    {
        Publish(value, operand);
        Suspend(kind);
        return Receive<T>();
    }

    /// <summary>Gives a value to the others; called by rewritten kernels.</summary>
    public static void Publish<T>(T value, int operand)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() > Unsafe.SizeOf<Slot>())
            throw new InvalidOperationException($"{typeof(T).Name} is too large to exchange between threads.");
        var lane = Current;
        lane.Operand = operand;
        Unsafe.As<Slot, T>(ref lane.published) = value;
    }

    /// <summary>Takes the value of the other thread; called by rewritten kernels.</summary>
    public static T Receive<T>()
        where T : unmanaged => Unsafe.As<Slot, T>(ref Current.received);

    /// <summary>Hands over the value of <paramref name="source"/>, before any thread runs on and gives another one.</summary>
    public void ReceiveFrom(Lane source) => received = source.published;

    [DoesNotReturn]
    static Lane ThrowOutside() =>
        throw new InvalidOperationException("Group, Grid, Warp and SharedMemory are answered inside kernels only.");

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    struct Slot
    {
        public long Low, High;
    }
}
