namespace ILGPU.Runtime;

/// <summary>
/// A queue of work. Nothing in it runs before <see cref="Synchronize"/>, so code that reads a result too early, refills a
/// staging array too soon or counts on an order between two streams fails here as it would, now and then, on a device.
/// </summary>
public sealed class AcceleratorStream : IDisposable
{
    readonly Queue<Action> work = new();

    internal AcceleratorStream(Accelerator accelerator) => Accelerator = accelerator;

    /// <summary>The device of the stream.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Runs what is queued, in order; the first failure drops the rest and is thrown.</summary>
    public void Synchronize()
    {
        lock (work)
        {
            try
            {
                while (work.TryDequeue(out var next))
                    next();
            }
            finally
            {
                work.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Synchronize();
        Accelerator.Forget(this);
    }

    internal void Enqueue(Action action)
    {
        lock (work)
            work.Enqueue(action);
    }
}
