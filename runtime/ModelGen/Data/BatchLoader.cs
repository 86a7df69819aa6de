using System.Runtime.ExceptionServices;

namespace ModelGen;

/// <summary>
/// Divides samples into batches, epoch by epoch: shuffled by seed and epoch number, with the next batches filled in the background while one is used.
/// Equal arguments give equal batches, whatever the number of workers is. No batch allocates.
/// </summary>
/// <remarks>A loader serves one consumer.</remarks>
public sealed class BatchLoader : IDisposable
{
    private readonly IDataSource _data;
    private readonly Slot[] _slots;
    private readonly int[] _order;
    private readonly ulong _seed;
    private readonly bool _inputsOnly;
    private readonly ISampler? _sampler;
    private int _next;
    private int _requested;
    private int _epoch;
    private bool _isDisposed;

    /// <summary>Initializes a new instance of the <see cref="BatchLoader"/> class.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="info">The model they are for.</param>
    /// <param name="batchSize">Samples in a batch, at least 1; the last batch of an epoch may be smaller.</param>
    /// <param name="seed">Decides the order, together with the epoch, and what is random about samples.</param>
    /// <param name="shuffle">Whether the order is random.</param>
    /// <param name="dropLast">Whether a smaller last batch is left out.</param>
    /// <param name="inputsOnly">Whether only the columns are filled that <see cref="IModel.Predict"/> reads.</param>
    /// <param name="workers">How many batches are filled at the same time ahead of the consumer, at least 1.</param>
    /// <param name="sampler">Decides the samples of an epoch in place of <paramref name="shuffle"/>; null for each sample once.</param>
    /// <exception cref="ArgumentException">The columns do not fit the model, the set is empty, or dropLast leaves nothing.</exception>
    public BatchLoader(
        IDataSource data, ModelInfo info, int batchSize, ulong seed = 0, bool shuffle = true, bool dropLast = false, bool inputsOnly = false,
        int workers = 1, ISampler? sampler = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        if (data is Dataset columns)
            columns.ThrowIfMisshapen(info, inputsOnly);
        else
            data.ThrowIfUnfit(info, inputsOnly);
        var count = sampler?.SamplesPerEpoch(data.Count) ?? data.Count;
        if (count == 0)
            throw new ArgumentException($"The data for {info.Name} have no sample.", nameof(data));
        if (dropLast && batchSize > count)
            throw new ArgumentException($"Batches of {batchSize} cannot be cut from {count} samples, and smaller ones are left out.", nameof(batchSize));
        (_data, _seed, _inputsOnly, _sampler) = (data, seed, inputsOnly, sampler);
        BatchSize = Math.Min(batchSize, count);
        Shuffle = shuffle;
        BatchesPerEpoch = dropLast ? count / BatchSize : (count + BatchSize - 1) / BatchSize;
        _order = new int[count];
        _slots = new Slot[Math.Min(workers, BatchesPerEpoch) + 1];
        for (var i = 0; i < _slots.Length; i++)
            _slots[i] = new Slot(this, new Batch(info, BatchSize));
        _next = _requested = BatchesPerEpoch;
    }

    /// <summary>The samples of an epoch.</summary>
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
        foreach (var slot in _slots)
            slot.Await();
        _epoch = epoch;
        Order(epoch);
        _next = _requested = firstBatch;

        // The slot that is left belongs to the consumer.
        while (_requested < BatchesPerEpoch && _requested - _next < _slots.Length - 1)
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
        var slot = _slots[_next % _slots.Length];
        slot.Await();
        slot.ThrowFailure();
        batch = slot.Batch;
        _next++;
        if (_requested < BatchesPerEpoch)
            Request();
        return true;
    }

    /// <summary>Waits for the background work and frees the batches.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        foreach (var slot in _slots)
            slot.Await();
        _isDisposed = true;
        foreach (var slot in _slots)
            slot.Dispose();
    }

    private void Order(int epoch)
    {
        if (_sampler is not null)
        {
            _sampler.Draw(_order, _data.Count, _seed, epoch);
            return;
        }

        for (var i = 0; i < _order.Length; i++)
            _order[i] = i;
        if (!Shuffle)
            return;
        var rng = new Rng(_seed, (ulong)epoch);
        rng.Shuffle<int>(_order);
    }

    private void Request()
    {
        var number = _requested++;
        _slots[number % _slots.Length].Request(number);
    }

    private void Fill(Batch batch, int number)
    {
        var start = number * BatchSize;
        var samples = _order.AsSpan(start, Math.Min(BatchSize, _order.Length - start));
        if (_data is Dataset columns)
        {
            columns.Fill(batch, samples, _inputsOnly);
            return;
        }

        batch.Count = samples.Length;
        var context = new SampleContext(_seed, _epoch, _inputsOnly);
        for (var row = 0; row < samples.Length; row++)
            _data.Read(samples[row], batch, row, context);
        _data.Finish(number, batch, context);
    }

    /// <summary>A batch, and the work of filling it.</summary>
    private sealed class Slot(BatchLoader loader, Batch batch) : IThreadPoolWorkItem, IDisposable
    {
        private const int Idle = 0;
        private const int Queued = 1;
        private const int Running = 2;

        private readonly ManualResetEventSlim _filled = new(false);
        private ExceptionDispatchInfo? _failure;
        private int _number;
        private int _state;
        private int _isInPool;

        public Batch Batch => batch;

        public void Request(int number)
        {
            (_number, _failure) = (number, null);
            _filled.Reset();
            Volatile.Write(ref _state, Queued);

            // At most once at a time: a consumer that outruns the pool would fill its queue, and that allocates.
            if (Interlocked.Exchange(ref _isInPool, 1) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        /// <summary>Called by the thread pool.</summary>
        public void Execute()
        {
            // Cleared before looking: a request made from here on puts the slot into the pool anew, one made before is seen below.
            Interlocked.Exchange(ref _isInPool, 0);

            // Nothing is queued if the consumer was faster and has filled the batch itself.
            if (Interlocked.CompareExchange(ref _state, Running, Queued) == Queued)
                Fill();
        }

        /// <summary>
        /// Waits until nothing is being filled, also for the signal itself: one that came late would end the next wait. Fills on this thread
        /// what no other has begun: a busy pool costs no time.
        /// </summary>
        public void Await()
        {
            if (Volatile.Read(ref _state) == Idle)
                return;
            if (Interlocked.CompareExchange(ref _state, Running, Queued) == Queued)
                Fill();
            else
                _filled.Wait();
            Volatile.Write(ref _state, Idle);
        }

        public void ThrowFailure() => _failure?.Throw();

        public void Dispose()
        {
            batch.Dispose();
            _filled.Dispose();
        }

        private void Fill()
        {
            try
            {
                loader.Fill(batch, _number);
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            _filled.Set();
        }
    }
}
