namespace ILGPU.Runtime;

/// <summary>What a kernel is compiled for: a launch with more threads to a group is refused.</summary>
public readonly struct KernelSpecialization
{
    /// <summary>Makes one; null leaves a number open.</summary>
    public KernelSpecialization(int? maxNumThreadsPerGroup, int? minNumGroupsPerMultiprocessor)
    {
        if (maxNumThreadsPerGroup < 1)
            throw new ArgumentOutOfRangeException(nameof(maxNumThreadsPerGroup));
        if (minNumGroupsPerMultiprocessor < 1)
            throw new ArgumentOutOfRangeException(nameof(minNumGroupsPerMultiprocessor));
        MaxNumThreadsPerGroup = maxNumThreadsPerGroup;
        MinNumGroupsPerMultiprocessor = minNumGroupsPerMultiprocessor;
    }

    /// <summary>The most threads a group may have.</summary>
    public int? MaxNumThreadsPerGroup { get; }

    /// <summary>Groups that must fit one multiprocessor at a time.</summary>
    public int? MinNumGroupsPerMultiprocessor { get; }
}
