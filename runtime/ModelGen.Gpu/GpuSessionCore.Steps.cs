using System.Globalization;

namespace ModelGen.Gpu;

/// <content>Training steps, two of them under way at a time: the host reads a loss while the next step computes.</content>
public abstract partial class GpuSessionCore
{
    private const int StepsAtOnce = 2;

    private readonly Turn[] _turns;
    private readonly Queue<StepResult> _begun = new(StepsAtOnce);
    private Optimizer? _hostOptimizer;
    private GpuOptimizer? _deviceOptimizer;
    private StepResult? _last;
    private int _turn;
    private int _capacity;

    /// <summary>
    /// Makes one whole training step on the device, optimizer included. The call returns when the batch has been taken over, before the device has finished, so
    /// that the batch may be refilled at once. A batch that counts nothing changes nothing.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <param name="optimizer">The optimizer; it keeps its state on the device and serves one session only.</param>
    /// <exception cref="InvalidOperationException">The parameters were changed on the host while the device has newer ones.</exception>
    /// <exception cref="InsufficientMemoryException">The device has too little memory; the message has what is needed and what is free.</exception>
    public void TrainStep(Batch batch, uint stepSeed, GpuOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckTrainable(batch);
        lock (_gate)
        {
            try
            {
                Queue(batch, stepSeed, optimizer);
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <summary>
    /// Makes one whole training step for a <see cref="Trainer{TModel}"/>. <see cref="Sgd"/>, <see cref="Adam"/> and <see cref="AdamW"/> run on the device, with
    /// their state there; any other optimizer runs on the host, which costs the transfer of gradients and parameters.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <param name="optimizer">The rule and its numbers. Another object than before starts with fresh state.</param>
    /// <param name="gradientClipNorm">The largest norm of all gradients together, if there is one.</param>
    /// <returns>The mean loss of the batch before the step.</returns>
    public float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm) =>
        TrainStep(batch, stepSeed, optimizer, gradientClipNorm, null);

    /// <inheritdoc cref="TrainStep(Batch, uint, Optimizer, float?)"/>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <param name="optimizer">The rule and its numbers. Another object than before starts with fresh state.</param>
    /// <param name="gradientClipNorm">The largest norm of all gradients together, if there is one.</param>
    /// <param name="total">Receives the batch, if there is one.</param>
    public float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm, LossTotal? total)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        total?.ThrowIfNotOf(Info);
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_begun.Count > 0)
                throw new InvalidOperationException($"A step that {nameof(BeginStep)} began is under way: end it first.");
            BeginStep(batch, stepSeed, optimizer, gradientClipNorm);
            return End(total);
        }
    }

    /// <inheritdoc/>
    public void PrepareTraining(int batchSize, Optimizer optimizer)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentNullException.ThrowIfNull(optimizer);
        lock (_gate)
        {
            ThrowIfDisposed();
            try
            {
                var onDevice = OnDevice(optimizer);
                Reserve(batchSize, onDevice);
                onDevice?.Attach(_arenas, SettleForOptimizer);
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <inheritdoc/>
    public void BeginStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckTrainable(batch);
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_begun.Count == StepsAtOnce)
                throw new InvalidOperationException($"{StepsAtOnce} steps are under way: end the oldest with {nameof(EndStep)} first.");
            try
            {
                if (OnDevice(optimizer) is not { } onDevice)
                {
                    OnHost(batch, stepSeed, optimizer, gradientClipNorm);
                    return;
                }

                onDevice.LearningRate = optimizer.LearningRate;
                onDevice.GradientClipNorm = gradientClipNorm ?? float.PositiveInfinity;
                _begun.Enqueue(Queue(batch, stepSeed, onDevice));
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <inheritdoc/>
    public float EndStep(LossTotal total)
    {
        ArgumentNullException.ThrowIfNull(total);
        total.ThrowIfNotOf(Info);
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_begun.Count == 0)
                throw new InvalidOperationException($"No step is under way: call {nameof(BeginStep)} first.");
            return End(total);
        }
    }

    /// <summary>Waits for the device and returns the mean loss of the last step. That takes some 10 µs, so it is not worth it after each step.</summary>
    public float ReadLoss()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            try
            {
                SettleAll();
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }

            return _last is null ? float.NaN : _last.Values[0];
        }
    }

    private float End(LossTotal? total)
    {
        var result = _begun.Dequeue();
        try
        {
            if (!result.IsSettled)
                Settle(_turns[0].Result == result ? _turns[0] : _turns[1]);
        }
        catch (Exception e) when (IsOfDriver(e))
        {
            throw Lost(e);
        }

        AddTo(total, result.Values, result.Samples);
        return result.Values[0];
    }

    private GpuOptimizer? OnDevice(Optimizer optimizer)
    {
        if (_hostOptimizer != optimizer)
        {
            _deviceOptimizer?.Dispose();
            _deviceOptimizer = GpuOptimizer.For(optimizer);
            _hostOptimizer = optimizer;
        }

        return _deviceOptimizer;
    }

    private void OnHost(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm)
    {
        var loss = Backward(batch, stepSeed, null);
        // A batch that counts nothing moves nothing.
        if (float.IsFinite(loss))
        {
            if (gradientClipNorm is { } norm)
                HostParameters.ClipGradients(norm);
            optimizer.Step(HostParameters);
        }

        _begun.Enqueue(_last = new StepResult(_stagedLoss.Span.ToArray(), batch.Count) { IsSettled = true });
    }

    private StepResult Queue(Batch batch, uint stepSeed, GpuOptimizer optimizer)
    {
        ThrowIfDisposed();
        // The room for the batch and for the optimizer's state is looked for before anything is taken.
        Reserve(batch.Capacity, optimizer);
        optimizer.Attach(_arenas, SettleForOptimizer);
        var turn = Begin(batch, stepSeed, forPrediction: false);
        _program.Train(_step);
        optimizer.Step(_loss.View);
        turn.StagedLoss.CopyFrom(_link.Stream, _loss.View, 1 + Info.LossSums);
        turn.Result = _last = turn.Free(_begun, batch.Count);
        turn.Optimizer = optimizer;
        turn.Done.Record(_link.Stream);
        _isDeviceAhead = true;
        return _last;
    }

    // Waits for what a turn has queued, and takes over what it found.
    private static void Settle(Turn turn)
    {
        turn.Done.Wait();
        if (turn.Result is not { IsSettled: false } result)
            return;
        turn.StagedLoss.Span[..result.Values.Length].CopyTo(result.Values);
        result.IsSettled = true;
        turn.Optimizer!.Settle(float.IsFinite(result.Values[0]));
    }

    // In the order in which they were queued.
    private void SettleAll()
    {
        Settle(_turns[_turn ^ 1]);
        Settle(_turns[_turn]);
    }

    // What an optimizer asks for that outlives the session is settled already.
    private void SettleForOptimizer()
    {
        lock (_gate)
        {
            if (_isDisposed || Device.IsDisposed || _lostBy is not null)
                return;
            try
            {
                SettleAll();
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <summary>Makes room for batches of a size, all of it or none.</summary>
    private void Reserve(int capacity, GpuOptimizer? optimizer)
    {
        var state = optimizer?.BytesFor(_arenas) ?? 0;
        if (capacity > _capacity || state > 0)
        {
            var rows = (Math.Max(capacity, _capacity) + 63L) & ~63L;
            var (workspace, output) = (_program.WorkspaceFloatsPerRow * rows + _program.WorkspaceFloatsFixed, (long)capacity * Info.OutputLength);
            var (forWorkspace, forColumns) = (_workspace.BytesFor(workspace), _output.BytesFor(output) + _columns.Sum(column => column.BytesFor(capacity)));
            _link.Memory.ThrowIfShort(
                forWorkspace + forColumns + state,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Info.Name} with {capacity} samples a batch (workspace {forWorkspace} bytes, inputs and outputs {forColumns}, optimizer {state})"));
            if (_workspace.EnsureAtLeast(workspace))
                _step.Workspace = _workspace.View;
            if (_output.EnsureAtLeast(output))
                _step.Output = _output.View;
            foreach (var column in _columns)
                column.EnsureAtLeast(capacity);
            _capacity = Math.Max(capacity, _capacity);
        }
    }

    /// <summary>What a step found, once it is settled.</summary>
    private sealed class StepResult(float[] values, int samples)
    {
        /// <summary>The loss, and the sums it is a formula of.</summary>
        public float[] Values { get; } = values;

        public int Samples { get; set; } = samples;

        public bool IsSettled { get; set; }
    }

    /// <summary>One of two sets of staging: while the device uses the one, the host fills the other.</summary>
    private sealed class Turn(GpuLink link, int losses) : IDisposable
    {
        private readonly StepResult[] _results = [new(new float[losses], 0), new(new float[losses], 0)];

        /// <summary>All that this turn has queued.</summary>
        public StreamMarker Done { get; } = StreamMarker.On(link.Stream);

        /// <summary>Its batch is on the device.</summary>
        public StreamMarker Arrived { get; } = StreamMarker.On(link.CopyStream);

        public StagedArray<float> StagedLoss { get; } = new(link);

        public StepResult? Result { get; set; }

        public GpuOptimizer? Optimizer { get; set; }

        /// <summary>A result that nobody waits for any more.</summary>
        public StepResult Free(Queue<StepResult> begun, int samples)
        {
            var free = begun.Contains(_results[0]) ? _results[1] : _results[0];
            (free.Samples, free.IsSettled) = (samples, false);
            return free;
        }

        public void Dispose()
        {
            Done.Dispose();
            Arrived.Dispose();
            StagedLoss.Dispose();
        }
    }
}
