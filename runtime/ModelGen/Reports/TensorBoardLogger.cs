namespace ModelGen;

/// <summary>
/// Writes what happens in training to an event file of TensorBoard (<c>tensorboard --logdir runs</c>): loss and learning rate of steps, all figures of epochs,
/// and, where it is asked for, histograms of weights.
/// </summary>
/// <param name="folder">The folder of the run, such as <c>runs/first</c>; each Fit makes a file in it.</param>
public sealed class TensorBoardLogger(string folder) : TrainerCallback, IDisposable
{
    private readonly int _everySteps = 10;
    private EventFile? _file;

    /// <summary>Gets after how many steps loss and learning rate are written, at least 1; the default is 10.</summary>
    public int EverySteps
    {
        get => _everySteps;
        init => _everySteps = Require.Positive(value, nameof(EverySteps));
    }

    /// <summary>Gets a value indicating whether each epoch has histograms of all parameters.</summary>
    public bool Histograms { get; init; }

    /// <summary>Makes the file, with the model's table as a text.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public override void OnStart(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _file?.Dispose();
        _file = new EventFile(folder);
        if (model.Info.Summary.Length > 0)
            _file.AddText("model", "```\n" + model.Info.Summary + "\n```", 0);
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingStep step)
    {
        if ((step.Index + 1) % EverySteps != 0)
            return;
        _file!.AddScalar("step/loss", step.Loss, step.Index + 1);
        _file.AddScalar("step/learning_rate", step.LearningRate, step.Index + 1);
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(epoch);
        foreach (var (name, value) in epoch.Values())
            _file!.AddScalar("epoch/" + name, (float)value, epoch.Epoch);
        _file!.AddScalar("epoch/samples_per_second", (float)epoch.SamplesPerSecond, epoch.Epoch);
        foreach (var view in model.Parameters.Where(_ => Histograms))
            _file.AddHistogram("parameters/" + view.Path, view.ReadOnlyValues, epoch.Epoch);
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(IModel model, TrainingHistory history) => Dispose();

    /// <summary>Closes the file; the next Fit makes another.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }
}
