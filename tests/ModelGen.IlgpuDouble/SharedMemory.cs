using ILGPU.Execution;

namespace ILGPU;

/// <summary>Memory that the threads of a group share: 48 KB, poisoned at the start of each group.</summary>
public static class SharedMemory
{
    /// <summary>The group's array for this call site; every thread must come by, in the same order.</summary>
    public static ArrayView<T> Allocate<T>(int extent)
        where T : unmanaged
    {
        var lane = Lane.Current;
        return lane.Group.AllocateShared<T>(lane.SharedArrays++, extent);
    }
}
