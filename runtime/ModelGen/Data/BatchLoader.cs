using System.Runtime.ExceptionServices;

namespace ModelGen;

/// <summary>
/// Divides a data set into batches, epoch by epoch: shuffled by seed and epoch number, with the next batch filled in the background while the last one is used.
/// Equal arguments give equal batches. No batch allocates.
/// </summary>
/// <remarks>A loader serves one consumer.</remarks>
public sealed class BatchLoader : IThreadPoolWorkItem, IDisposable
{
    private const int Idle = 0;
    private const int Queued = 1;
    private const int Running = 2;

    private readonly Dataset _data;
    private readonly Batch[] _batches;
    private readonly int[] _order;
    private readonly ulong _seed;
    private readonly bool _inputsOnly;
    private readonly ManualResetEventSlim _filled = new(false);
    private ExceptionDispatchInfo? _failure;
    private int _next;
    private int _fillSlot;
    private int _fillStart;
    private int _fillCount;
    private int _state;
    private int _isInPool;
    private bool _isDisposed;

    /// <summary>Initializes a new instance of the <see cref="BatchLoader"/> class.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="info">The model they are for.</param>
    /// <param name="batchSize">Samples in a batch, at least 1; the last batch of an epoch may be smaller.</param>
    /// <param name="seed">Decides the order, together with the epoch.</param>
    /// <param name="shuffle">Whether the order is random.</param>
    /// <param name="dropLast">Whether a smaller last batch is left out.</param>
    /// <param name="inputsOnly">Whether only the columns are filled that <see cref="IModel.Predict"/> reads.</param>
    /// <exception cref="ArgumentException">The columns do not fit the model, the set is empty, or dropLast leaves nothing.</exception>
    public BatchLoader(
        Dataset data, ModelInfo info, int batchSize, ulong seed = 0, bool shuffle = true, bool dropLast = false, bool inputsOnly = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        data.ThrowIfMisshapen(info, inputsOnly);
        if (dropLast && batchSize > data.Count)
            throw new ArgumentException($"Batches of {batchSize} cannot be cut from {data.Count} samples, and smaller ones are left out.", nameof(batchSize));
        _data = data;
        _seed = seed;
        _inputsOnly = inputsOnly;
        BatchSize = Math.Min(batchSize, data.Count);
        Shuffle = shuffle;
        BatchesPerEpoch = dropLast ? data.Count / BatchSize : (data.Count + BatchSize - 1) / BatchSize;
        _order = new int[data.Count];
        _batches = [new Batch(info, BatchSize), new Batch(info, BatchSize)];
        _next = BatchesPerEpoch;
    }

    /// <summary>The samples of the set.</summary>
    internal int SampleCount => _order.Length;

    /// <summary>Gets the number of samples of a full batch.</summary>
    public int BatchSize { get; }

    /// <summary>Gets a value indicating whether the order is random.</summary>
    public bool Shuffle { get; }

    /// <summary>Gets the number of batches of an epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Begins an epoch. What is left of the epoch before is skipped.</summary>
    /// <param name="epoch">Its number: each has an order of its own.</param>
    /// <param name="firstBatch">The batch to begin with, from 0 to <see cref="BatchesPerEpoch"/>: those before it are left out.</param>
    public void Start(int epoch, int firstBatch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, BatchesPerEpoch);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Await();
        _failure = null;
        _data.Rows.CopyTo(_order);
        if (Shuffle)
        {
            var rng = new Rng(_seed, (ulong)epoch);
            rng.Shuffle<int>(_order);
        }

        _next = firstBatch;
        if (_next < BatchesPerEpoch)
            Request();
    }

    /// <summary>Takes the next batch, which is valid until the next call.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns><see langword="true"/> if there was one; <see langword="false"/> at the end of the epoch.</returns>
    public bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Batch? batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        batch = null;
        if (_next >= BatchesPerEpoch)
            return false;
        Await();
        _failure?.Throw();
        batch = _batches[_next % 2];
        _next++;
        if (_next < BatchesPerEpoch)
            Request();
        return true;
    }

    /// <summary>Waits for the background work and frees the batches.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        Await();
        _isDisposed = true;
        foreach (var batch in _batches)
            batch.Dispose();
        _filled.Dispose();
    }

    /// <summary>Called by the thread pool.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        // Cleared before looking: a request made from here on puts the loader into the pool anew, one made before is seen below.
        Interlocked.Exchange(ref _isInPool, 0);

        // Nothing is queued if the consumer was faster and has filled the batch itself.
        if (Interlocked.CompareExchange(ref _state, Running, Queued) == Queued)
            Fill();
    }

    private void Request()
    {
        _fillSlot = _next % 2;
        _fillStart = _next * BatchSize;
        _fillCount = Math.Min(BatchSize, _order.Length - _fillStart);
        _filled.Reset();
        Volatile.Write(ref _state, Queued);

        // At most once at a time: a consumer that outruns the pool would fill its queue, and that allocates.
        if (Interlocked.Exchange(ref _isInPool, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>
    /// Waits until nothing is being filled, also for the signal itself: one that came late would end the next wait. Fills on this thread
    /// what no other has begun: a busy pool costs no time.
    /// </summary>
    private void Await()
    {
        if (Volatile.Read(ref _state) == Idle)
            return;
        if (Interlocked.CompareExchange(ref _state, Running, Queued) == Queued)
            Fill();
        else
            _filled.Wait();
        Volatile.Write(ref _state, Idle);
    }

    private void Fill()
    {
        try
        {
            _data.Fill(_batches[_fillSlot], _order.AsSpan(_fillStart, _fillCount), _inputsOnly);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        _filled.Set();
    }
}
