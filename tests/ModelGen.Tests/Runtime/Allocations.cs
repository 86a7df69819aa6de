namespace ModelGen.Tests.Runtime;

/// <summary>Counts allocations of the whole process, helpers and thread pool included.</summary>
internal static class Allocations
{
    /// <summary>
    /// The bytes that one of several equal rounds allocates at least: what the work itself allocates is in every round, while the test
    /// runner's own messages fall into some of them.
    /// </summary>
    public static long OfEachRound(Action round)
    {
        round();
        var least = long.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            round();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
