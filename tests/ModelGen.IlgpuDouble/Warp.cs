using ILGPU.Execution;

namespace ILGPU;

/// <summary>The 32 threads that run in step. A shift past the end of the warp gives back the own value; a lane that the group lacks is an error.</summary>
public static class Warp
{
    /// <summary>Threads of a warp.</summary>
    public static int WarpSize => 32;

    /// <summary>The thread's place in its warp.</summary>
    public static int LaneIdx => Lane.Current.LinearIndex & 31;

    /// <summary>The warp's place in its group.</summary>
    public static int WarpIdx => Lane.Current.LinearIndex >> 5;

    /// <summary>Whether this is lane 0.</summary>
    public static bool IsFirstLane => LaneIdx == 0;

    /// <summary>Waits for the lanes of the warp.</summary>
    [Synchronizes(SyncKind.WarpBarrier)]
    public static void Barrier() => Lane.Current.Suspend(SyncKind.WarpBarrier);

    /// <summary>The value of another lane.</summary>
    [Synchronizes(SyncKind.Shuffle)]
    public static T Shuffle<T>(T variable, int sourceLane)
        where T : unmanaged => Lane.Current.Exchange(variable, sourceLane, SyncKind.Shuffle);

    /// <summary>The value of the lane <paramref name="delta"/> above.</summary>
    [Synchronizes(SyncKind.ShuffleDown)]
    public static T ShuffleDown<T>(T variable, int delta)
        where T : unmanaged => Lane.Current.Exchange(variable, delta, SyncKind.ShuffleDown);

    /// <summary>The value of the lane <paramref name="delta"/> below.</summary>
    [Synchronizes(SyncKind.ShuffleUp)]
    public static T ShuffleUp<T>(T variable, int delta)
        where T : unmanaged => Lane.Current.Exchange(variable, delta, SyncKind.ShuffleUp);

    /// <summary>The value of the lane whose number is this one's xor <paramref name="mask"/>.</summary>
    [Synchronizes(SyncKind.ShuffleXor)]
    public static T ShuffleXor<T>(T variable, int mask)
        where T : unmanaged => Lane.Current.Exchange(variable, mask, SyncKind.ShuffleXor);

    /// <summary>Gives every lane the value of one of them.</summary>
    [Synchronizes(SyncKind.Shuffle)]
    public static T Broadcast<T>(T value, int sourceLane)
        where T : unmanaged => Lane.Current.Exchange(value, sourceLane, SyncKind.Shuffle);
}
