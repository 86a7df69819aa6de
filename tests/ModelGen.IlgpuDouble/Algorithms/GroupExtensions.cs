using ILGPU.Algorithms.ScanReduceOperations;

namespace ILGPU.Algorithms;

/// <summary>Operations of a whole group.</summary>
public static class GroupExtensions
{
    /// <summary>Combines the values of all threads; only thread 0 gets the result.</summary>
    public static T Reduce<T, TReduction>(T value)
        where T : unmanaged
        where TReduction : struct, IScanReduceOperation<T> => AllReduce<T, TReduction>(value);

    /// <summary>Combines the values of all threads; every thread gets the result.</summary>
    public static T AllReduce<T, TReduction>(T value)
        where T : unmanaged
        where TReduction : struct, IScanReduceOperation<T>
    {
        var threads = Group.DimX * Group.DimY * Group.DimZ;
        // ILGPU reduces by warps, and a part of a warp gives a wrong sum without a word.
        if (threads % Warp.WarpSize != 0)
            throw new InvalidOperationException($"A group of {threads} threads is no whole warps, which ILGPU's reductions need.");
        var values = SharedMemory.Allocate<T>(threads);
        values[Group.LinearIndex] = value;
        Group.Barrier();
        var operation = default(TReduction);
        var result = operation.Identity;
        for (var i = 0; i < threads; i++)
            result = operation.Apply(result, values[i]);
        Group.Barrier();
        return result;
    }
}
