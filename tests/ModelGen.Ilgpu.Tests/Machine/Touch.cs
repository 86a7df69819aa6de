namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>The last threads that touched a word.</summary>
/// <remarks>A stamp is a number for a group between two of its barriers, rising over all launches; 0 is before any.</remarks>
internal struct Touch
{
    public const int Many = -1;

    /// <summary>The thread of the group that wrote it, and when.</summary>
    public int Writer, WriteStamp;

    /// <summary>The thread that read it, or <see cref="Many"/>, and when.</summary>
    public int Reader, ReadStamp;

    /// <summary>What is wrong with a thread's touching it now; null for nothing.</summary>
    /// <param name="stamp">Of the group now.</param>
    /// <param name="groupStart">The group's first stamp: what is older comes from another group, or from before <paramref name="launchStart"/>.</param>
    /// <param name="launchStart">The launch's first stamp.</param>
    public string? Note(int thread, bool isWrite, int stamp, int groupStart, int launchStart)
    {
        string? race = null;
        if (WriteStamp >= launchStart && (WriteStamp < groupStart || (WriteStamp == stamp && Writer != thread)))
            race = isWrite ? "writes what another thread has written" : "reads what another thread has written";
        if (!isWrite)
        {
            Reader = ReadStamp == stamp && Reader != thread ? Many : thread;
            ReadStamp = stamp;
            return race;
        }

        if (ReadStamp >= launchStart && (ReadStamp < groupStart || (ReadStamp == stamp && Reader != thread))) race = "writes what another thread has read";
        (Writer, WriteStamp) = (thread, stamp);
        return race;
    }
}
