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

    /// <summary>Makes a trainer.</summary>
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

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Samples in a batch, at least 1; 32 unless set.</summary>
    public int BatchSize
    {
        get => _batchSize;
        set => _batchSize = Require.Positive(value, nameof(BatchSize));
    }

    /// <summary>Decides the order of the samples and what dropout drops.</summary>
    public ulong Seed { get; set; }

    /// <summary>Whether the samples are in a new order in each epoch.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>Whether a last batch of fewer samples is left out of training.</summary>
    public bool DropLast { get; set; }

    /// <summary>The threads of the model.</summary>
    public int Threads
    {
        get => Model.Threads;
        set => Model.Threads = value;
    }

    /// <summary>Sets the learning rate before each step, if there is one.</summary>
    public ILearningRateSchedule? Schedule { get; set; }

    /// <summary>Scales the gradients down when their norm over all parameters is larger, if set; more than 0.</summary>
    public float? GradientClipNorm
    {
        get => _gradientClipNorm;
        set => _gradientClipNorm = value is { } norm ? Require.Positive(norm, nameof(GradientClipNorm)) : null;
    }

    /// <summary>Are called after each epoch, in order.</summary>
    public IList<TrainerCallback> Callbacks { get; } = [];

    /// <summary>Trains for some epochs. A later call goes on where this one ended.</summary>
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
                FormattableString.Invariant($"The output of {Model.Info.Name} for {data.Count} samples is {length} floats, more than an array holds: predict parts."),
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
        var started = Stopwatch.GetTimestamp();
        var (step, samples, loss) = (0, 0, 0f);
        var total = new LossTotal(Model.Info);
        loader.Start(_epoch);
        while (!cancellationToken.IsCancellationRequested && loader.TryNext(out var batch))
        {
            step++;
            loss = Step(batch, step);
            samples += batch.Count;
            total.Add(_stepTotal);
            progress?.Report(Progress(position, loader.BatchesPerEpoch, step, samples, total.Loss, started));
        }

        if (step == 0)
        {
            _epoch--;
            return null;
        }

        ThrowIfNotFinite(step, loss);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new EpochResult(
            _epoch, total.Loss, null, null, seconds, samples / Math.Max(seconds, 1e-9), Optimizer.LearningRate,
            IsComplete: step == loader.BatchesPerEpoch);
    }

    private float Step(Batch batch, int stepOfEpoch)
    {
        if (Schedule is not null)
            Optimizer.LearningRate = Schedule.LearningRate(_step);
        var stepSeed = new Rng(Seed, (ulong)_step).NextUInt32();
        var device = Model as ITrainingDevice;
        _stepTotal.Clear();
        var loss = device is null
            ? Model.Backward(batch, stepSeed, _stepTotal)
            : device.TrainStep(batch, stepSeed, Optimizer, GradientClipNorm, _stepTotal);
        if (!float.IsFinite(loss) && !_stepTotal.IsOfNothing)
            throw new TrainingDivergedException(_epoch, stepOfEpoch, loss, Optimizer.LearningRate);
        // A batch that counts nothing moves nothing: its gradients say nothing, and where a quotient of the person's own is 0 / 0 they are no numbers.
        if (device is null && float.IsFinite(loss))
        {
            if (GradientClipNorm is { } norm)
                Model.Parameters.ClipGradients(norm);
            Optimizer.Step(Model.Parameters);
        }

        _step++;
        return loss;
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

    private TrainingProgress Progress(Position position, int stepsPerEpoch, int step, int samples, float loss, long epochStarted)
    {
        var stepsDone = (_epoch - position.FirstEpoch) * (double)stepsPerEpoch + step;
        var stepsInAll = (position.LastEpoch - position.FirstEpoch + 1) * (double)stepsPerEpoch;
        var elapsed = Stopwatch.GetElapsedTime(position.Started);
        return new TrainingProgress(
            _epoch, position.LastEpoch, step, stepsPerEpoch, loss, Optimizer.LearningRate,
            samples / Math.Max(Stopwatch.GetElapsedTime(epochStarted).TotalSeconds, 1e-9), elapsed, elapsed * (stepsInAll / stepsDone - 1));
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
}
