using ILGPU.Execution;

namespace ILGPU;

/// <summary>The group that the running thread belongs to.</summary>
public static class Group
{
    /// <summary>The thread's X in its group.</summary>
    public static int IdxX => Lane.Current.Index.X;

    /// <summary>The thread's Y in its group.</summary>
    public static int IdxY => Lane.Current.Index.Y;

    /// <summary>The thread's Z in its group.</summary>
    public static int IdxZ => Lane.Current.Index.Z;

    /// <summary>Threads along X.</summary>
    public static int DimX => Lane.Current.Group.GroupDim.X;

    /// <summary>Threads along Y.</summary>
    public static int DimY => Lane.Current.Group.GroupDim.Y;

    /// <summary>Threads along Z.</summary>
    public static int DimZ => Lane.Current.Group.GroupDim.Z;

    /// <summary>The thread's place in its group, X running fastest.</summary>
    public static int LinearIndex => Lane.Current.LinearIndex;

    /// <summary>Whether this is thread 0 of its group.</summary>
    public static bool IsFirstThread => Lane.Current.LinearIndex == 0;

    /// <summary>Waits until every thread of the group has come here.</summary>
    [Synchronizes(SyncKind.GroupBarrier)]
    public static void Barrier() => Lane.Current.Suspend(SyncKind.GroupBarrier);

    /// <summary>Gives every thread of the group the value of one of them.</summary>
    [Synchronizes(SyncKind.GroupBroadcast)]
    public static T Broadcast<T>(T value, int groupIndex)
        where T : unmanaged => Lane.Current.Exchange(value, groupIndex, SyncKind.GroupBroadcast);
}
