using System.Runtime.InteropServices;

namespace ILGPU.Execution;

/// <summary>One group at a time: its threads, its shared memory and the order in which they run.</summary>
internal sealed unsafe class GroupContext
{
    public const int MaxThreads = 1024, MaxSharedBytes = 48 * 1024;

    public const int WarpSize = 32;

    const byte Poison = 0xCD;

    readonly List<Lane> lanes = [];
    readonly List<(int Offset, int Bytes)> sharedArrays = [];
    readonly byte* shared = (byte*)NativeMemory.AlignedAlloc(MaxSharedBytes, DeviceMemory.Alignment);
    byte* frames;
    nuint frameBytes;
    LaunchArguments? arguments;
    int threads, sharedBytes;
    bool backwards;

    public GroupContext() => Touches = new(this, shared, MaxSharedBytes);

    /// <summary>Freed with the context, which lives as long as the worker pool.</summary>
    ~GroupContext()
    {
        NativeMemory.AlignedFree(shared);
        NativeMemory.AlignedFree(frames);
    }

    public Index3D GridDim { get; private set; }

    public Index3D GroupDim { get; private set; }

    public Index3D GridIndex { get; private set; }

    /// <summary>Who has touched the shared memory.</summary>
    public SharedTouches Touches { get; }

    /// <summary>The thread that ran last: the one to blame.</summary>
    public Index3D LastLane { get; private set; }

    /// <summary>Takes over the sizes of a launch.</summary>
    public void Prepare(KernelConfig config, LaunchArguments launchArguments, int frameSize)
    {
        GridDim = config.GridDim;
        GroupDim = config.GroupDim;
        arguments = launchArguments;
        threads = (int)GroupDim.LongSize;
        while (lanes.Count < threads)
            lanes.Add(new Lane(this, lanes.Count));
        for (var i = 0; i < threads; i++)
            lanes[i].Index = new(i % GroupDim.X, i / GroupDim.X % GroupDim.Y, i / (GroupDim.X * GroupDim.Y));
        var bytes = (nuint)threads * (nuint)frameSize;
        if (bytes > frameBytes)
        {
            frames = (byte*)NativeMemory.AlignedRealloc(frames, bytes, 64);
            frameBytes = bytes;
        }
    }

    /// <summary>Runs a group whose threads never wait: one after the other.</summary>
    public void RunPlain(long group, Action kernel)
    {
        Start(group);
        for (var i = 0; i < threads; i++)
        {
            var lane = lanes[i];
            lane.SharedArrays = 0;
            Lane.Current = lane;
            LastLane = lane.Index;
            kernel();
        }
    }

    /// <summary>Runs a group of a rewritten kernel, which returns at each wait.</summary>
    public void RunResumable(long group, Func<nint, int, int> kernel, SyncKind[] waits, int frameSize)
    {
        Start(group);
        RunTogether(lane =>
        {
            Lane.Current = lane;
            lane.State = kernel((nint)(frames + ((long)lane.LinearIndex * frameSize)), lane.State);
            return waits[lane.State];
        });
    }

    /// <summary>Runs a group with a thread of the process for each of its threads.</summary>
    public void RunThreads(long group, Action kernel)
    {
        Start(group);
        for (var i = 0; i < threads; i++)
            lanes[i].Thread ??= new LaneThread(lanes[i]);
        try
        {
            RunTogether(lane => lane.Thread!.Resume(kernel));
        }
        catch
        {
            // The other threads hang in their waits: leave them to the end of the process and start with fresh ones.
            lanes.Clear();
            throw;
        }
    }

    /// <summary>The place of a shared array, the same for every thread that comes by as the n-th.</summary>
    public ArrayView<T> AllocateShared<T>(int number, int extent)
        where T : unmanaged
    {
        var bytes = checked(extent * sizeof(T));
        if (number == sharedArrays.Count)
        {
            var offset = (sharedBytes + 15) & ~15;
            if (offset + bytes > MaxSharedBytes)
                throw new InvalidOperationException(
                    $"The group's shared arrays need {offset + bytes} bytes with this one of {extent} {typeof(T).Name}; {MaxSharedBytes} is the limit.");
            new Span<byte>(shared + offset, bytes).Fill(Poison);
            sharedArrays.Add((offset, bytes));
            sharedBytes = offset + bytes;
        }
        var array = sharedArrays[number];
        if (array.Bytes != bytes)
            throw new InvalidOperationException(
                $"Shared array {number} has {array.Bytes} bytes for one thread of the group and {bytes} for another.");
        return new(shared + array.Offset, extent);
    }

    /// <summary>What the kernel calls the memory at an address.</summary>
    public string NameOf(void* pointer)
    {
        for (var i = 0; i < sharedArrays.Count; i++)
        {
            if (pointer >= shared + sharedArrays[i].Offset && pointer < shared + sharedArrays[i].Offset + sharedArrays[i].Bytes)
                return $"shared array {i}";
        }
        return arguments?.NameOf(pointer) ?? "unnamed";
    }

    /// <summary>The shared array that holds a byte, and where it begins.</summary>
    public (string Name, int Offset) SharedArrayAt(int at)
    {
        var number = sharedArrays.FindLastIndex(array => array.Offset <= at);
        return number < 0 ? ("shared memory", 0) : ($"shared array {number}", sharedArrays[number].Offset);
    }

    void Start(long group)
    {
        Touches.NextEpoch();
        GridIndex = new((int)(group % GridDim.X), (int)(group / GridDim.X % GridDim.Y), (int)(group / ((long)GridDim.X * GridDim.Y)));
        sharedArrays.Clear();
        sharedBytes = 0;
    }

    void RunTogether(Func<Lane, SyncKind> resume)
    {
        for (var i = 0; i < threads; i++)
            lanes[i].Reset();
        while (true)
        {
            for (var first = 0; first < threads; first += WarpSize)
                RunWarp(first, Math.Min(first + WarpSize, threads), resume);
            if (lanes[0].Waiting == SyncKind.Finished && !HasMixed(0, threads))
                return;
            RequireTogether(0, threads, "group");
            Touches.NextEpoch();
            for (var i = 0; i < threads; i++)
            {
                if (lanes[0].Waiting == SyncKind.GroupBroadcast)
                    lanes[i].ReceiveFrom(Source(lanes[i].Operand, 0, threads));
                lanes[i].Ready = true;
            }
        }
    }

    void RunWarp(int first, int end, Func<Lane, SyncKind> resume)
    {
        while (true)
        {
            // Every other time from the end: a forgotten barrier shows in one of the two orders.
            backwards = !backwards;
            for (var i = first; i < end; i++)
            {
                var lane = lanes[backwards ? end - 1 - (i - first) : i];
                if (!lane.Ready)
                    continue;
                LastLane = lane.Index;
                lane.Waiting = resume(lane);
                lane.Ready = false;
            }
            if (!HasWarpWait(first, end))
                return;
            RequireTogether(first, end, "warp");
            Touches.NextEpochOfWarp(first / WarpSize);
            for (var i = first; i < end; i++)
            {
                var lane = lanes[i];
                if (lane.Waiting != SyncKind.WarpBarrier)
                    lane.ReceiveFrom(Source(SourceLane(lane), first, end));
                lane.Ready = true;
            }
        }
    }

    Lane Source(int number, int first, int end)
    {
        if (number < 0 || first + number >= end)
            throw new InvalidOperationException($"A value was asked of thread {number}, and there are {end - first}.");
        return lanes[first + number];
    }

    static int SourceLane(Lane lane)
    {
        var own = lane.LinearIndex % WarpSize;
        var source = lane.Waiting switch
        {
            SyncKind.ShuffleDown => own + lane.Operand,
            SyncKind.ShuffleUp => own - lane.Operand,
            SyncKind.ShuffleXor => own ^ lane.Operand,
            _ => lane.Operand,
        };
        return lane.Waiting != SyncKind.Shuffle && source is < 0 or >= WarpSize ? own : source;
    }

    bool HasWarpWait(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (lanes[i].Waiting >= SyncKind.WarpBarrier)
                return true;
        }
        return false;
    }

    bool HasMixed(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (lanes[i].Waiting != lanes[first].Waiting || lanes[i].State != lanes[first].State)
                return true;
        }
        return false;
    }

    void RequireTogether(int first, int end, string who)
    {
        if (!HasMixed(first, end))
            return;
        var stands = Enumerable.Range(first, end - first).GroupBy(i => (lanes[i].Waiting, lanes[i].State))
            .Select(g => $"{g.Count()} at {g.Key.Waiting}{(g.Key.State == 0 ? "" : $" {g.Key.State}")} (first: thread {g.First()})");
        throw new InvalidOperationException($"The threads of the {who} do not wait at the same place: {string.Join(", ", stands)}.");
    }
}
