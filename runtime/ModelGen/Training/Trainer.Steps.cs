using System.Diagnostics;
using System.Numerics;
using ModelGen.Runtime;

namespace ModelGen;

/// <content>The steps of an epoch.</content>
public sealed partial class Trainer<TModel>
{
    private readonly LossTotal _stepTotal;
    private RunningEpoch? _open;
    private AlignedBuffer? _gradientSum;
    private long _samplesInSum;
    private int _batchesInSum;
    private int _stepsUnderWay;

    private EpochResult? TrainEpoch(BatchLoader loader, Position position, Listeners listeners, CancellationToken cancellationToken)
    {
        var epoch = _open;
        if (epoch is null)
        {
            _epoch++;
            epoch = _open = new RunningEpoch(Plan(loader), new LossTotal(Model.Info));
        }

        var before = epoch.Steps;
        epoch.Continue(position, listeners);
        _stepsUnderWay = 0;
        try
        {
            foreach (var callback in listeners.Callbacks)
                callback.OnEpochStart(_epoch);
            loader.Start(_epoch, epoch.Steps);
            if (Model is IPipelinedTrainingDevice device)
                StepsAhead(loader, epoch, device, cancellationToken);
            else
                StepsInTurn(loader, epoch, cancellationToken);
        }
        catch
        {
            // Whether its last step was made is not known any more.
            _open = null;
            ClearSum();
            throw;
        }

        epoch.Pause();
        if (epoch.Steps == before && before < loader.BatchesPerEpoch)
        {
            if (before == 0)
                (_open, _epoch) = (null, _epoch - 1);
            return null;
        }

        ThrowIfNotFinite(epoch.Steps, epoch.Loss);
        var isComplete = epoch.Steps == loader.BatchesPerEpoch;
        if (isComplete)
            _open = null;
        var seconds = epoch.Seconds;
        return new EpochResult(
            _epoch, epoch.Total.Loss, null, null, seconds, epoch.Samples / Math.Max(seconds, 1e-9), Optimizer.LearningRate, isComplete);
    }

    private void StepsInTurn(BatchLoader loader, RunningEpoch epoch, CancellationToken cancellationToken)
    {
        while (!_stopAsked && !cancellationToken.IsCancellationRequested && loader.TryNext(out var batch))
        {
            var step = Next(batch, epoch);
            _stepTotal.Clear();
            var device = Model as ITrainingDevice;
            var loss = device is null
                ? Model.Backward(batch, step.Seed, _stepTotal)
                : device.TrainStep(batch, step.Seed, Optimizer, GradientClipNorm, _stepTotal);
            ThrowIfDiverged(step, loss);

            // A batch that counts nothing moves nothing: its gradients say nothing, and where a quotient of the person's own is 0 / 0 they are no numbers.
            if (device is null)
                Update(step, float.IsFinite(loss), batch.Count);
            _step++;
            Tell(step, loss, epoch);
        }
    }

    // One step computes while the loss of the one before is read and told. What is told, and in which order, is as in turn.
    private void StepsAhead(BatchLoader loader, RunningEpoch epoch, IPipelinedTrainingDevice device, CancellationToken cancellationToken)
    {
        StepPlace? running = null;
        var isEnding = false;
        try
        {
            while (!_stopAsked && !cancellationToken.IsCancellationRequested && loader.TryNext(out var batch))
            {
                var next = Next(batch, epoch);
                device.BeginStep(batch, next.Seed, Optimizer, GradientClipNorm);
                _step++;
                (var before, running) = (running, next);
                if (before is { } step)
                    End(step);
            }

            (var last, running) = (running, null);
            if (last is { } lastStep)
                End(lastStep);
        }
        catch when (running is not null)
        {
            // Where the next step could not begin, the one under way has its say first. Where that one failed, the next is of no use any more.
            if (isEnding)
                Abandon(device);
            else
                End(running.Value);
            throw;
        }

        void End(StepPlace step)
        {
            isEnding = true;
            _stepTotal.Clear();
            var loss = device.EndStep(_stepTotal);
            ThrowIfDiverged(step, loss);
            Tell(step, loss, epoch);
            isEnding = false;
        }
    }

    private void Abandon(IPipelinedTrainingDevice device)
    {
        try
        {
            _stepTotal.Clear();
            device.EndStep(_stepTotal);
        }
        catch (Exception)
        {
            // What ended training is thrown already.
        }
    }

    private StepPlace Next(Batch batch, RunningEpoch epoch)
    {
        if (Schedule is not null)
            Optimizer.LearningRate = Schedule.LearningRate(AccumulateSteps == 1 ? _step : _updates);
        epoch.Samples += batch.Count;
        _stepsUnderWay++;
        var step = new StepPlace(
            ++epoch.Steps, epoch.Samples, batch.Count, _step, new Rng(Seed, (ulong)_step).NextUInt32(), Optimizer.LearningRate);
        foreach (var callback in epoch.Listeners.Callbacks)
            callback.OnBatchStart(step.Told(_epoch, epoch, float.NaN));
        return step;
    }

    private void ThrowIfDiverged(StepPlace step, float loss)
    {
        if (float.IsFinite(loss) || _stepTotal.IsOfNothing || NonFiniteStep == NonFiniteStep.Skip)
            return;
        throw Diverged(step, new TrainingDivergedException(_epoch, step.Number, loss, step.LearningRate));
    }

    // The step is made again if training goes on; one that was begun behind it counts for nothing.
    private TrainingDivergedException Diverged(StepPlace step, TrainingDivergedException error)
    {
        _step = step.Index;
        Optimizer.LearningRate = step.LearningRate;
        return error;
    }

    private void Tell(StepPlace step, float loss, RunningEpoch epoch)
    {
        _stepsUnderWay--;
        epoch.Loss = loss;
        if (float.IsFinite(loss) || NonFiniteStep != NonFiniteStep.Skip)
            epoch.Total.Add(_stepTotal);
        foreach (var callback in epoch.Listeners.Callbacks)
            callback.OnBatchEnd(step.Told(_epoch, epoch, loss));
        epoch.Listeners.Progress?.Report(Progress(step, epoch));
    }

    // The loss of a step is that of the weights before it: of the last step's weights no loss of the epoch tells.
    private void ThrowIfNotFinite(int step, float loss)
    {
        var parameters = Model.Parameters;
        if (AllFinite(parameters.ReadOnlyValues) && AllFinite(parameters.ReadOnlyBuffers))
            return;
        foreach (var view in parameters)
        {
            var values = view.ReadOnlyValues;
            for (var i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                {
                    var place = FormattableString.Invariant($"element {i} of {view.Path}");
                    throw new TrainingDivergedException(_epoch, step, loss, Optimizer.LearningRate, place, values[i]);
                }
            }
        }
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        // 0 · x is 0 for a finite x, and NaN for any other.
        var (sum, i) = (Vector<float>.Zero, 0);
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
            sum += new Vector<float>(values[i..]) * Vector<float>.Zero;
        var rest = Vector.Sum(sum);
        for (; i < values.Length; i++)
            rest += values[i] * 0f;
        return rest == 0f;
    }

    private TrainingProgress Progress(StepPlace step, RunningEpoch epoch)
    {
        var position = epoch.Position;
        var stepsDone = (_epoch - position.FirstEpoch) * (double)epoch.StepsInAll + step.Number;
        var stepsInAll = (position.LastEpoch - position.FirstEpoch + 1) * (double)epoch.StepsInAll;
        var elapsed = Stopwatch.GetElapsedTime(position.Started);
        return new TrainingProgress(
            _epoch, position.LastEpoch, step.Number, epoch.StepsInAll, epoch.Total.Loss, step.LearningRate,
            step.Samples / Math.Max(epoch.Seconds, 1e-9), elapsed, elapsed * (stepsInAll / stepsDone - 1));
    }

    /// <summary>A step that was begun.</summary>
    /// <param name="Number">In the epoch, from 1.</param>
    /// <param name="Samples">Those of the epoch with its own.</param>
    /// <param name="OwnSamples">Those of its batch.</param>
    /// <param name="Index">In all of training, from 0.</param>
    /// <param name="Seed">Decides what dropout drops.</param>
    /// <param name="LearningRate">Its own: by the time its loss is read the optimizer may have the next one's.</param>
    private readonly record struct StepPlace(int Number, int Samples, int OwnSamples, long Index, uint Seed, float LearningRate)
    {
        public TrainingStep Told(int epoch, RunningEpoch running, float loss) =>
            new(Index, epoch, Number, running.StepsInAll, OwnSamples, loss, LearningRate);
    }

    // An epoch can go on only with batches that are cut in the same way.
    private EpochPlan Plan(BatchLoader loader) =>
        new(loader.SampleCount, loader.BatchSize, loader.BatchesPerEpoch, Shuffle, Seed, AccumulateSteps);

    /// <summary>What decides the batches of an epoch.</summary>
    private readonly record struct EpochPlan(int Samples, int BatchSize, int Steps, bool Shuffle, ulong Seed, int AccumulateSteps);

    private sealed class RunningEpoch(EpochPlan plan, LossTotal total)
    {
        private long _started;
        private double _secondsBefore;

        public EpochPlan Plan => plan;

        public Position Position { get; private set; }

        public Listeners Listeners { get; private set; } = new([], null);

        public int StepsInAll => plan.Steps;

        /// <summary>The batches whose steps have ended.</summary>
        public LossTotal Total => total;

        /// <summary>The steps begun.</summary>
        public int Steps { get; set; }

        public int Samples { get; set; }

        /// <summary>The last loss told.</summary>
        public float Loss { get; set; } = float.NaN;

        /// <summary>The time of its steps, without that between two calls of Fit.</summary>
        public double Seconds
        {
            get => _secondsBefore + (_started == 0 ? 0 : Stopwatch.GetElapsedTime(_started).TotalSeconds);
            init => _secondsBefore = value;
        }

        /// <summary>Starts its clock.</summary>
        public void Continue(Position position, Listeners listeners) => (Position, Listeners, _started) = (position, listeners, Stopwatch.GetTimestamp());

        /// <summary>Stops its clock until it goes on.</summary>
        public void Pause() => (_secondsBefore, _started) = (Seconds, 0);
    }
}
