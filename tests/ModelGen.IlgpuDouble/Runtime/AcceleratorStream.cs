namespace ILGPU.Runtime;

/// <summary>
/// A queue of work. Nothing in it runs before <see cref="Synchronize"/>, so code that reads a result too early, refills a
/// staging array too soon or counts on an order between two streams fails here as it would, now and then, on a device.
/// </summary>
public class AcceleratorStream : IDisposable
{
    readonly Queue<Action> work = new();
    long queued, done;

    internal AcceleratorStream(Accelerator accelerator) => Accelerator = accelerator;

    /// <summary>The device of the stream.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Runs what is queued, in order; the first failure drops the rest and is thrown.</summary>
    public void Synchronize() => RunUpTo(long.MaxValue);

    /// <summary>Marks the work queued so far; waiting for the mark runs that and no more.</summary>
    public ProfilingMarker AddProfilingMarker()
    {
        Accelerator.ThrowIfLost();
        lock (work)
            return new ProfilingMarker(this, queued);
    }

    /// <summary>Makes the device the thread's current one; the double needs none.</summary>
    public ScopedAcceleratorBinding BindScoped() => default;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Accelerator.IsLost)
            Synchronize();
        Accelerator.Forget(this);
    }

    internal void Enqueue(Action action)
    {
        Accelerator.ThrowIfLost();
        lock (work)
        {
            work.Enqueue(action);
            queued++;
        }
    }

    internal void RunUpTo(long mark)
    {
        Accelerator.ThrowIfLost();
        lock (work)
        {
            try
            {
                for (; done < mark && work.TryDequeue(out var next); done++)
                    next();
            }
            catch
            {
                work.Clear();
                done = queued;
                throw;
            }
        }
    }
}
