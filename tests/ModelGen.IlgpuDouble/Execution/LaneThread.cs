namespace ILGPU.Execution;

/// <summary>
/// A thread that runs one lane, and only while the scheduler waits for it. Slow, a context switch per wait; it serves kernels
/// whose waits are inside helper methods, where the rewriting of <see cref="ResumableMethod"/> does not reach.
/// </summary>
internal sealed class LaneThread
{
    readonly SemaphoreSlim go = new(0), paused = new(0);
    readonly Lane lane;
    Action? body;
    Exception? failure;

    public LaneThread(Lane lane)
    {
        this.lane = lane;
        new Thread(Loop, 256 * 1024) { IsBackground = true, Name = "ILGPU double lane" }.Start();
    }

    /// <summary>Runs the lane to its next wait or its end.</summary>
    public SyncKind Resume(Action kernel)
    {
        body = kernel;
        go.Release();
        paused.Wait();
        if (failure is { } error)
        {
            failure = null;
            throw new LaneFailedException(error);
        }
        return lane.Waiting;
    }

    /// <summary>Waits, called on the lane's own thread.</summary>
    public void Suspend(SyncKind kind)
    {
        lane.Waiting = kind;
        paused.Release();
        go.Wait();
    }

    void Loop()
    {
        Lane.Current = lane;
        while (true)
        {
            go.Wait();
            try
            {
                body!();
            }
            catch (Exception error)
            {
                failure = error;
            }
            lane.Waiting = SyncKind.Finished;
            paused.Release();
        }
    }
}
