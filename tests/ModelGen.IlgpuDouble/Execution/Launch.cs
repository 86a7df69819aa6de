using System.Collections.Concurrent;

namespace ILGPU.Execution;

/// <summary>Runs the groups of a launch, several at a time.</summary>
internal static class Launch
{
    // Below this many threads, waking the other cores costs more than they take over.
    const long ThreadsWorthSharing = 4096;

    static readonly ConcurrentBag<GroupContext> Idle = [];
    static int running;

    /// <summary>Launches under way in the process: views may be read while there is one.</summary>
    public static int Running => running;

    public static void Run(LoadedKernel kernel, KernelConfig config, LaunchArguments arguments, Action plain, Func<nint, int, int>? resumable)
    {
        arguments.Check();
        var groups = config.GridDim.LongSize;
        var workers = groups * config.GroupDim.LongSize < ThreadsWorthSharing
            ? 1
            : (int)Math.Min(groups, Environment.ProcessorCount);
        long next = -1;
        Exception? failure = null;
        Interlocked.Increment(ref running);
        try
        {
            if (workers == 1)
                Work(0);
            else
                Parallel.For(0, workers, Work);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
        if (failure is not null)
            throw failure;

        void Work(int worker)
        {
            if (!Idle.TryTake(out var context))
                context = new GroupContext();
            try
            {
                context.Prepare(config, arguments, kernel.FrameSize);
                for (long group; failure is null && (group = Interlocked.Increment(ref next)) < groups;)
                {
                    if (!kernel.Waits)
                        context.RunPlain(group, plain);
                    else if (resumable is not null)
                        context.RunResumable(group, resumable, kernel.WaitKinds, kernel.FrameSize);
                    else
                        context.RunThreads(group, plain);
                }
            }
            catch (Exception error)
            {
                var cause = error is LaneFailedException ? error.InnerException! : error;
                Interlocked.CompareExchange(ref failure, new InvalidOperationException(
                    $"Kernel '{kernel.Name}' failed in group {context.GridIndex}, thread {context.LastLane}: {cause.Message}", cause), null);
            }
            finally
            {
                Lane.Leave();
                Idle.Add(context);
            }
        }
    }
}
