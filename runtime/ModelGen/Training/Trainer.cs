using System.Diagnostics;
using System.Numerics;

namespace ModelGen;

/// <summary>Trains a model: batches, steps, validation, history. One seed decides the order of the samples and what dropout drops.</summary>
/// <typeparam name="TModel">The model's class.</typeparam>
public sealed class Trainer<TModel>
    where TModel : IModel
{
    private int _batchSize = 32;
    private float? _gradientClipNorm;
    private readonly LossTotal _stepTotal;
    private int _epoch;
    private long _step;

    /// <summary>Initializes a new instance of the <see cref="Trainer{TModel}"/> class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">Changes its parameters after each step; serves this model only.</param>
    public Trainer(TModel model, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        Model = model;
        Optimizer = optimizer;
        _stepTotal = new LossTotal(model.Info);
    }

    /// <summary>Gets the model.</summary>
    public TModel Model { get; }

    /// <summary>Gets the optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Gets or sets the number of samples in a batch, at least 1; the default is 32.</summary>
    public int BatchSize
    {
        get => _batchSize;
        set => _batchSize = Require.Positive(value, nameof(BatchSize));
    }

    /// <summary>Gets or sets the seed that decides the order of the samples and what dropout drops.</summary>
    public ulong Seed { get; set; }

    /// <summary>Gets or sets a value indicating whether the samples are in a new order in each epoch.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether a last batch of fewer samples is left out of training.</summary>
    public bool DropLast { get; set; }

    /// <summary>Gets or sets the number of threads of the model.</summary>
    public int Threads
    {
        get => Model.Threads;
        set => Model.Threads = value;
    }

    /// <summary>Gets or sets what sets the learning rate before each step; null for none.</summary>
    public ILearningRateSchedule? Schedule { get; set; }

    /// <summary>
    /// Gets or sets the norm over all parameters to which the gradients are scaled down when theirs is larger; it is more than 0, or null for no limit.
    /// </summary>
    public float? GradientClipNorm
    {
        get => _gradientClipNorm;
        set => _gradientClipNorm = value is { } norm ? Require.Positive(norm, nameof(GradientClipNorm)) : null;
    }

    /// <summary>Gets the callbacks, which are called after each epoch, in order.</summary>
    public IList<TrainerCallback> Callbacks { get; } = [];

    /// <summary>Trains for some epochs. A later call continues where this one ended.</summary>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="epochs">How often each is used, at least 1.</param>
    /// <param name="validation">Samples that are only evaluated after each epoch.</param>
    /// <param name="progress">Is told after each step.</param>
    /// <param name="cancellationToken">Ends training after the current step; the history up to it is returned.</param>
    /// <returns>What the epochs gave.</returns>
    /// <exception cref="ArgumentException">A data set is empty or does not fit the model, or holds values no model can take.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite (a batch whose labels are all ignored counts nothing and is none), or
    /// after an epoch a weight is.</exception>
    /// <exception cref="InvalidOperationException">The model has no loss.</exception>
    public TrainingHistory Fit(
        Dataset train, int epochs, Dataset? validation = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        if (!Model.Info.HasLoss)
            throw new InvalidOperationException($"{Model.Info.Name} has no loss, so it cannot be trained: give it a Loss method.");
        train.ThrowIfUnfit(Model.Info);
        validation?.ThrowIfUnfit(Model.Info);

        using var loader = new BatchLoader(train, Model.Info, BatchSize, Seed, Shuffle, DropLast);
        (Model as IPipelinedTrainingDevice)?.PrepareTraining(loader.BatchSize, Optimizer);
        var history = new TrainingHistory();
        var started = Stopwatch.GetTimestamp();
        foreach (var callback in Callbacks)
            callback.OnStart(Model);
        for (var i = 0; i < epochs && !history.WasCancelled && !history.StoppedEarly; i++)
        {
            _epoch++;
            var epoch = TrainEpoch(loader, new Position(started, _epoch - i, _epoch - i + epochs - 1), progress, cancellationToken);
            if (epoch is { IsComplete: true } && validation is not null)
            {
                // An epoch whose validation was cancelled is not complete: callbacks would compare its training loss with validation losses.
                epoch = Evaluate(validation, cancellationToken) is { } evaluation
                    ? epoch with { ValidationLoss = evaluation.Loss, ValidationAccuracy = evaluation.Accuracy }
                    : epoch with { IsComplete = false };
            }

            if (epoch is not null)
                history.Add(epoch);
            if (epoch is { IsComplete: true })
                history.StoppedEarly = !Callbacks.Aggregate(true, (goesOn, callback) => callback.OnEpochEnd(Model, epoch) && goesOn);
            history.WasCancelled = cancellationToken.IsCancellationRequested;
        }

        foreach (var callback in Callbacks)
            callback.OnEnd(Model, history);
        return history;
    }

    /// <summary>Evaluates the model: loss, accuracy, confusion matrix. The loss is that of all samples as one batch (<see cref="LossTotal"/>), whatever
    /// <see cref="BatchSize"/> is.</summary>
    /// <param name="data">The samples.</param>
    /// <exception cref="ArgumentException">The set is empty or does not fit the model, or holds values no model can take.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.ThrowIfUnfit(Model.Info);
        return Evaluate(data, CancellationToken.None)!;
    }

    /// <summary>Predicts all samples of a set.</summary>
    /// <param name="data">The samples; targets and labels need not be there.</param>
    /// <returns>f32[data.Count, Info.OutputLength], row by row in the order of the set.</returns>
    /// <exception cref="ArgumentException">The set is empty or does not fit the model, or holds values no model can take.</exception>
    public float[] Predict(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.ThrowIfUnfit(Model.Info, inputsOnly: true);
        using var loader = new BatchLoader(data, Model.Info, BatchSize, shuffle: false, inputsOnly: true);
        var rowLength = Model.Info.OutputLength;
        var length = (long)data.Count * rowLength;
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The output of {Model.Info.Name} for {data.Count} samples is {length} floats, more than an array holds: predict parts."),
                nameof(data));
        }

        var output = new float[length];
        var done = 0;
        loader.Start(0);
        while (loader.TryNext(out var batch))
        {
            Model.Predict(batch, output.AsSpan(done * rowLength, batch.Count * rowLength));
            done += batch.Count;
        }

        return output;
    }

    private EpochResult? TrainEpoch(BatchLoader loader, Position position, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var epoch = new RunningEpoch(position, loader.BatchesPerEpoch, progress, new LossTotal(Model.Info));
        loader.Start(_epoch);
        if (Model is IPipelinedTrainingDevice device)
            StepsAhead(loader, epoch, device, cancellationToken);
        else
            StepsInTurn(loader, epoch, cancellationToken);
        if (epoch.Steps == 0)
        {
            _epoch--;
            return null;
        }

        ThrowIfNotFinite(epoch.Steps, epoch.Loss);
        var seconds = Stopwatch.GetElapsedTime(epoch.Started).TotalSeconds;
        return new EpochResult(
            _epoch, epoch.Total.Loss, null, null, seconds, epoch.Samples / Math.Max(seconds, 1e-9), Optimizer.LearningRate,
            IsComplete: epoch.Steps == loader.BatchesPerEpoch);
    }

    private void StepsInTurn(BatchLoader loader, RunningEpoch epoch, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && loader.TryNext(out var batch))
        {
            var step = Next(batch, epoch);
            _stepTotal.Clear();
            var device = Model as ITrainingDevice;
            var loss = device is null
                ? Model.Backward(batch, step.Seed, _stepTotal)
                : device.TrainStep(batch, step.Seed, Optimizer, GradientClipNorm, _stepTotal);
            ThrowIfDiverged(step, loss);
            // A batch that counts nothing moves nothing: its gradients say nothing, and where a quotient of the person's own is 0 / 0 they are no numbers.
            if (device is null && float.IsFinite(loss))
            {
                if (GradientClipNorm is { } norm)
                    Model.Parameters.ClipGradients(norm);
                Optimizer.Step(Model.Parameters);
            }

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
            while (!cancellationToken.IsCancellationRequested && loader.TryNext(out var batch))
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
            Optimizer.LearningRate = Schedule.LearningRate(_step);
        epoch.Samples += batch.Count;
        return new StepPlace(++epoch.Steps, epoch.Samples, _step, new Rng(Seed, (ulong)_step).NextUInt32(), Optimizer.LearningRate);
    }

    private void ThrowIfDiverged(StepPlace step, float loss)
    {
        if (float.IsFinite(loss) || _stepTotal.IsOfNothing)
            return;
        // It is made again if training goes on; a step that was begun behind it counts for nothing.
        _step = step.Index;
        Optimizer.LearningRate = step.LearningRate;
        throw new TrainingDivergedException(_epoch, step.Number, loss, step.LearningRate);
    }

    private void Tell(StepPlace step, float loss, RunningEpoch epoch)
    {
        epoch.Loss = loss;
        epoch.Total.Add(_stepTotal);
        epoch.Progress?.Report(Progress(step, epoch));
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

        static bool AllFinite(ReadOnlySpan<float> values)
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
    }

    private TrainingProgress Progress(StepPlace step, RunningEpoch epoch)
    {
        var position = epoch.Position;
        var stepsDone = (_epoch - position.FirstEpoch) * (double)epoch.StepsInAll + step.Number;
        var stepsInAll = (position.LastEpoch - position.FirstEpoch + 1) * (double)epoch.StepsInAll;
        var elapsed = Stopwatch.GetElapsedTime(position.Started);
        return new TrainingProgress(
            _epoch, position.LastEpoch, step.Number, epoch.StepsInAll, epoch.Total.Loss, step.LearningRate,
            step.Samples / Math.Max(Stopwatch.GetElapsedTime(epoch.Started).TotalSeconds, 1e-9), elapsed, elapsed * (stepsInAll / stepsDone - 1));
    }

    /// <summary>Null if cancelled on the way.</summary>
    private Evaluation? Evaluate(Dataset data, CancellationToken cancellationToken)
    {
        using var loader = new BatchLoader(data, Model.Info, BatchSize, shuffle: false);
        var scorer = LabelScorer.For(Model.Info);
        var rowLength = Model.Info.OutputLength;
        var output = scorer is null ? [] : new float[(long)loader.BatchSize * rowLength];
        var (total, samples) = (new LossTotal(Model.Info), 0);
        loader.Start(0);
        while (loader.TryNext(out var batch))
        {
            if (cancellationToken.IsCancellationRequested)
                return null;
            var used = scorer is null ? default : output.AsSpan(0, batch.Count * rowLength);
            Model.Evaluate(batch, used, total);
            samples += batch.Count;
            scorer?.Add(batch, used);
        }

        return new Evaluation { Count = samples, Loss = total.Loss, ConfusionMatrix = scorer?.Matrix };
    }

    private readonly record struct Position(long Started, int FirstEpoch, int LastEpoch);

    /// <summary>A step that was begun.</summary>
    /// <param name="Number">In the epoch, from 1.</param>
    /// <param name="Samples">Those of the epoch with its own.</param>
    /// <param name="Index">In all of training, from 0.</param>
    /// <param name="Seed">Decides what dropout drops.</param>
    /// <param name="LearningRate">Its own: by the time its loss is read the optimizer may have the next one's.</param>
    private readonly record struct StepPlace(int Number, int Samples, long Index, uint Seed, float LearningRate);

    private sealed class RunningEpoch(Position position, int stepsInAll, IProgress<TrainingProgress>? progress, LossTotal total)
    {
        public long Started { get; } = Stopwatch.GetTimestamp();

        public Position Position => position;

        public int StepsInAll => stepsInAll;

        public IProgress<TrainingProgress>? Progress => progress;

        /// <summary>The batches whose steps have ended.</summary>
        public LossTotal Total => total;

        /// <summary>The steps begun.</summary>
        public int Steps { get; set; }

        public int Samples { get; set; }

        /// <summary>The last loss told.</summary>
        public float Loss { get; set; }
    }
}
