using System.Diagnostics;

namespace ModelGen;

/// <summary>Trains a model: batches, steps, validation, history. One seed decides the order of the samples and what dropout drops.</summary>
/// <typeparam name="TModel">The model's class.</typeparam>
public sealed partial class Trainer<TModel> : ITrainer
    where TModel : IModel
{
    private int _batchSize = 32;
    private int _accumulateSteps = 1;
    private int _workers = 1;
    private float? _gradientClipNorm;
    private float? _gradientClipValue;
    private int _epoch;
    private long _step;
    private bool _stopAsked;

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

    /// <summary>
    /// Gets or sets how many batches are read and changed at the same time ahead of training, at least 1; the default is 1. Results do not depend on it.
    /// </summary>
    public int Workers
    {
        get => _workers;
        set => _workers = Require.Positive(value, nameof(Workers));
    }

    /// <summary>Gets or sets what decides the samples of an epoch in place of <see cref="Shuffle"/>; null for each once.</summary>
    public ISampler? Sampler { get; set; }

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

    /// <summary>
    /// Gets or sets the value v to whose range [−v, v] each element of the gradients is brought before <see cref="GradientClipNorm"/>; it is more than 0, or
    /// null for no limit.
    /// </summary>
    public float? GradientClipValue
    {
        get => _gradientClipValue;
        set => _gradientClipValue = value is { } limit ? Require.Positive(limit, nameof(GradientClipValue)) : null;
    }

    /// <summary>
    /// Gets or sets how many batches share one step of the optimizer, at least 1; the default is 1. The step takes the mean of their gradients, weighted by
    /// samples: for a loss that is a mean over the samples, it is the gradient of one batch of them all.
    /// </summary>
    /// <remarks>The last step of an epoch may have fewer batches. Schedules count steps of the optimizer; running statistics are those of each batch.</remarks>
    public int AccumulateSteps
    {
        get => _accumulateSteps;
        set => _accumulateSteps = Require.Positive(value, nameof(AccumulateSteps));
    }

    /// <summary>Gets or sets what happens when a step has a loss or a gradient that is not finite.</summary>
    public NonFiniteStep NonFiniteStep { get; set; }

    /// <summary>Gets the number of steps that changed no weight because of <see cref="NonFiniteStep.Skip"/>.</summary>
    public long SkippedSteps { get; private set; }

    /// <summary>Gets the callbacks, in the order in which they are called.</summary>
    public IList<TrainerCallback> Callbacks { get; } = [];

    /// <summary>Gets what is computed of the predictions for the validation samples after each epoch, and by <see cref="Evaluate(IDataSource)"/>.</summary>
    public IList<Metric> Metrics { get; } = [];

    /// <summary>
    /// Gets or sets a value indicating whether <see cref="Metrics"/> are also computed for the training samples, in evaluation mode with the weights at the end
    /// of the epoch. That costs a forward pass over them.
    /// </summary>
    public bool MetricsOnTraining { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether Fit shows its progress on the console (<see cref="ConsoleProgress"/>) where it is given nobody else to tell. The
    /// default is true, unless the program's configuration sets the switch <c>ModelGen.ShowProgress</c> to false.
    /// </summary>
    public bool ShowProgress { get; set; } = !AppContext.TryGetSwitch("ModelGen.ShowProgress", out var shows) || shows;

    /// <summary>Gets the epoch that is running, from 1; between epochs, the number of those that have ended.</summary>
    public int Epoch => _epoch;

    /// <summary>Gets the number of batches trained in all epochs so far.</summary>
    public long Step => _step;

    /// <inheritdoc/>
    IModel ITrainer.Model => Model;

    /// <summary>Trains for some epochs. A later call continues where this one ended.</summary>
    /// <remarks>
    /// <para>
    /// An epoch that was cancelled on the way is continued, where the data have as many batches, and counts as the first of <paramref name="epochs"/>.
    /// </para>
    /// <para>
    /// After <see cref="Load"/> of a file that was written while Fit was running, the call continues that one: <paramref name="epochs"/> are counted from its
    /// beginning, and the history has its epochs too. The same program therefore serves to begin and to go on.
    /// </para>
    /// </remarks>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="epochs">How often each is used, at least 1.</param>
    /// <param name="validation">Samples that are only evaluated after each epoch.</param>
    /// <param name="progress">Is told after each step; null for the console, if <see cref="ShowProgress"/>.</param>
    /// <param name="cancellationToken">Ends training after the current step; the history up to it is returned.</param>
    /// <returns>What the epochs gave.</returns>
    /// <exception cref="ArgumentException">A data set is empty or does not fit the model, or holds values no model can take; or the training set is not that
    /// of the epoch to be continued after <see cref="Load"/>.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite (a batch whose labels are all ignored counts nothing and is none), or
    /// after an epoch a weight is.</exception>
    /// <exception cref="InvalidOperationException">The model has no loss.</exception>
    /// <exception cref="NotSupportedException">The model is on a device that makes whole steps, and a setting needs its gradients on the host.</exception>
    public TrainingHistory Fit(
        IDataSource train, int epochs, IDataSource? validation = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        if (!Model.Info.HasLoss)
            throw new InvalidOperationException($"{Model.Info.Name} has no loss, so it cannot be trained: give it a Loss method.");
        train.ThrowIfUnfit(Model.Info);
        validation?.ThrowIfUnfit(Model.Info);
        foreach (var metric in Metrics)
            metric.Start(Model.Info);
        ThrowIfOnDevice();

        using var loader = new BatchLoader(train, Model.Info, BatchSize, Seed, Shuffle, DropLast, workers: Workers, sampler: Sampler);
        CheckOpenEpoch(loader);
        (Model as IPipelinedTrainingDevice)?.PrepareTraining(loader.BatchSize, Optimizer);
        if (Model is not ITrainingDevice)
            PrepareGradients();
        var shown = progress is null && ShowProgress ? new ConsoleProgress(Console.Out) : null;
        TrainerCallback[] callbacks = shown is null ? [.. Callbacks] : [.. Callbacks, shown];
        return Fit(train, epochs, validation, new Listeners(callbacks, progress ?? shown), loader, cancellationToken);
    }

    /// <summary>Evaluates the model: loss, accuracy, confusion matrix, metrics. The loss is that of all samples as one batch (<see cref="LossTotal"/>),
    /// whatever <see cref="BatchSize"/> is.</summary>
    /// <param name="data">The samples.</param>
    /// <exception cref="ArgumentException">The set is empty or does not fit the model, or holds values no model can take.</exception>
    public Evaluation Evaluate(IDataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.ThrowIfUnfit(Model.Info);
        return Evaluate(data, CancellationToken.None)!;
    }

    /// <summary>Predicts all samples of a set.</summary>
    /// <param name="data">The samples; targets and labels need not be there.</param>
    /// <returns>f32[data.Count, Info.OutputLength], row by row in the order of the set.</returns>
    /// <exception cref="ArgumentException">The set is empty or does not fit the model, or holds values no model can take.</exception>
    public float[] Predict(IDataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.ThrowIfUnfit(Model.Info, inputsOnly: true);
        using var loader = new BatchLoader(data, Model.Info, BatchSize, shuffle: false, inputsOnly: true, workers: Workers);
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

    /// <inheritdoc/>
    public void Stop() => _stopAsked = true;

    private TrainingHistory Fit(
        IDataSource train, int epochs, IDataSource? validation, Listeners listeners, BatchLoader loader, CancellationToken cancellationToken)
    {
        var history = _history = _resumedHistory ?? new TrainingHistory();
        var done = _open is null ? _epoch : _epoch - 1;
        var first = _resumedFit ?? done;
        _fitStart = first;
        (_resumedFit, _resumedHistory, _stopAsked) = (null, null, false);
        foreach (var callback in listeners.Callbacks)
        {
            callback.Trainer = this;
            callback.OnStart(Model);
        }

        LoadCallbacks();
        history.StoppedEarly = _stopAsked;
        var position = new Position(Stopwatch.GetTimestamp(), done + 1, first + epochs);
        while (done < first + epochs && !history.WasCancelled && !history.StoppedEarly)
        {
            var epoch = TrainEpoch(loader, position, listeners, cancellationToken);
            if (epoch is { IsComplete: true })
                epoch = Evaluated(epoch, train, validation, cancellationToken);
            if (epoch is not null)
                history.Add(epoch);
            if (epoch is { IsComplete: true })
                history.StoppedEarly = !listeners.Callbacks.Aggregate(true, (goesOn, callback) => callback.OnEpochEnd(Model, epoch) && goesOn);
            history.StoppedEarly |= _stopAsked;
            history.WasCancelled = cancellationToken.IsCancellationRequested;
            done = _epoch;
        }

        if (!history.WasCancelled)
            (_fitStart, _history) = (null, null);
        foreach (var callback in listeners.Callbacks)
            callback.OnEnd(Model, history);
        return history;
    }

    // An epoch whose validation was cancelled is not complete: callbacks would compare its training loss with validation losses.
    private EpochResult Evaluated(EpochResult epoch, IDataSource train, IDataSource? validation, CancellationToken cancellationToken)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (MetricsOnTraining && Metrics.Count > 0)
        {
            if (Evaluate(train, cancellationToken) is not { } ofTraining)
                return epoch with { IsComplete = false };
            foreach (var (name, value) in ofTraining.Metrics)
                metrics[name] = value;
        }

        if (validation is not null)
        {
            if (Evaluate(validation, cancellationToken) is not { } evaluation)
                return epoch with { IsComplete = false };
            epoch = epoch with { ValidationLoss = evaluation.Loss, ValidationAccuracy = evaluation.Accuracy };
            foreach (var (name, value) in evaluation.Metrics)
                metrics[EpochResult.ValidationPrefix + name] = value;
        }

        return metrics.Count == 0 ? epoch : epoch with { Metrics = metrics };
    }

    /// <summary>Null if cancelled on the way.</summary>
    private Evaluation? Evaluate(IDataSource data, CancellationToken cancellationToken)
    {
        using var loader = new BatchLoader(data, Model.Info, BatchSize, shuffle: false, workers: Workers);
        var scorer = LabelScorer.For(Model.Info);
        foreach (var metric in Metrics)
            metric.Start(Model.Info);
        var rowLength = Model.Info.OutputLength;
        var readsOutput = scorer is not null || Metrics.Count > 0;
        var output = readsOutput ? new float[(long)loader.BatchSize * rowLength] : [];
        var (total, samples) = (new LossTotal(Model.Info), 0);
        loader.Start(0);
        while (loader.TryNext(out var batch))
        {
            if (cancellationToken.IsCancellationRequested)
                return null;
            var used = readsOutput ? output.AsSpan(0, batch.Count * rowLength) : default;
            Model.Evaluate(batch, used, total);
            samples += batch.Count;
            scorer?.Add(batch, used);
            foreach (var metric in Metrics)
                metric.Add(batch, used);
        }

        return new Evaluation
        {
            Count = samples,
            Loss = total.Loss,
            ConfusionMatrix = scorer?.Matrix,
            Metrics = Metrics.ToDictionary(metric => metric.Name, metric => metric.Value),
        };
    }

    /// <summary>Who is told.</summary>
    private sealed record Listeners(TrainerCallback[] Callbacks, IProgress<TrainingProgress>? Progress);

    private readonly record struct Position(long Started, int FirstEpoch, int LastEpoch);
}
