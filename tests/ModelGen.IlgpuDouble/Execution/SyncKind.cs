namespace ILGPU.Execution;

/// <summary>Where a thread can wait for others.</summary>
internal enum SyncKind
{
    /// <summary>The thread has finished.</summary>
    Finished,

    /// <summary>For the group.</summary>
    GroupBarrier,

    /// <summary>For the group, and for a value.</summary>
    GroupBroadcast,

    /// <summary>For the warp.</summary>
    WarpBarrier,

    /// <summary>For the value of a lane.</summary>
    Shuffle,

    /// <summary>For the value of a lane above.</summary>
    ShuffleDown,

    /// <summary>For the value of a lane below.</summary>
    ShuffleUp,

    /// <summary>For the value of the lane with some bits flipped.</summary>
    ShuffleXor,
}
