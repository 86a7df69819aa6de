using System.Runtime.CompilerServices;

namespace ILGPU.Execution;

/// <summary>Which threads of a group have touched each word of its shared memory since its last barrier: two of them, one storing, are a race.</summary>
/// <remarks>
/// A race gives right numbers in most runs: here the threads between two barriers run one after the other. Threads of a warp are in order where a
/// wait of the warp stands between them. Atomics do not count. Kernels whose threads never wait, or wait in a helper, are not looked at.
/// </remarks>
internal sealed unsafe class SharedTouches(GroupContext group, byte* start, int bytes)
{
    const int Word = 4, Many = -1;

    readonly Touch[] touches = new Touch[bytes / Word];
    readonly int[] warpEpochs = new int[GroupContext.MaxThreads / GroupContext.WarpSize];
    int epoch;

    /// <summary>All threads of the group have met.</summary>
    public void NextEpoch() => epoch++;

    /// <summary>All threads of a warp have met.</summary>
    public void NextEpochOfWarp(int warp) => warpEpochs[warp]++;

    /// <summary>Notes a load; called by rewritten kernels before they load from anywhere.</summary>
    public static void Load(byte* address, int size) => Lane.Current.Group.Touches.Note(address, size, isStore: false);

    /// <summary>Notes a store; called by rewritten kernels before they store anywhere.</summary>
    public static void Store(byte* address, int size) => Lane.Current.Group.Touches.Note(address, size, isStore: true);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Note(byte* address, int size, bool isStore)
    {
        if ((nuint)(address - start) < (nuint)bytes)
            Note((int)(address - start) / Word, (int)(address - start + size - 1) / Word, Lane.Current.LinearIndex, isStore);
    }

    void Note(int first, int last, int thread, bool isStore)
    {
        for (var word = first; word <= last; word++)
        {
            ref var touch = ref touches[word];
            if (touch.StoreEpoch == epoch && touch.Storer != thread && !IsOrdered(touch.Storer, touch.StoreWarpEpoch, thread))
                Throw(word, thread, isStore, touch.Storer, "stored");
            if (!isStore)
            {
                touch.Loader = touch.LoadEpoch == epoch && touch.Loader != thread && !IsOrdered(touch.Loader, touch.LoadWarpEpoch, thread) ? Many : thread;
                (touch.LoadEpoch, touch.LoadWarpEpoch) = (epoch, warpEpochs[thread / GroupContext.WarpSize]);
                continue;
            }
            if (touch.LoadEpoch == epoch && touch.Loader != thread && !IsOrdered(touch.Loader, touch.LoadWarpEpoch, thread))
                Throw(word, thread, isStore, touch.Loader, "loaded");
            (touch.Storer, touch.StoreEpoch, touch.StoreWarpEpoch) = (thread, epoch, warpEpochs[thread / GroupContext.WarpSize]);
        }
    }

    bool IsOrdered(int other, int warpEpoch, int thread) =>
        other != Many && other / GroupContext.WarpSize == thread / GroupContext.WarpSize && warpEpoch != warpEpochs[thread / GroupContext.WarpSize];

    void Throw(int word, int thread, bool isStore, int other, string did)
    {
        var (name, first) = group.SharedArrayAt(word * Word);
        var who = other == Many ? "several threads have" : $"thread {other} has";
        throw new InvalidOperationException(
            $"Race on {name}[{word - (first / Word)}]: thread {thread} {(isStore ? "stores" : "loads")} what {who} {did} "
                + "since the last barrier (the index counts words of 4 bytes).");
    }

    struct Touch
    {
        // Epochs begin with 1, so that a fresh one is of none.
        public int Storer, StoreEpoch, StoreWarpEpoch, Loader, LoadEpoch, LoadWarpEpoch;
    }
}
