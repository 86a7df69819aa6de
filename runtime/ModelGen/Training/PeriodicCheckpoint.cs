using System.Globalization;

namespace ModelGen;

/// <summary>
/// Saves the whole state of training every so many epochs or steps, as <see cref="Trainer{TModel}.Save"/> does: weights, optimizer, place in the epoch.
/// <see cref="Trainer{TModel}.Load"/> and Fit go on from there with the same bits.
/// </summary>
/// <remarks>
/// Where the path has <c>{epoch}</c> or <c>{step}</c>, each file has a name of its own, and of those that this object wrote the newest <see cref="Keep"/> are
/// kept. Put it last among the callbacks: what those after it learn of an epoch is not in the file of that epoch.
/// </remarks>
/// <param name="path">The file, such as <c>run.ckpt</c> or <c>run-{epoch}.ckpt</c>; replaced whole each time.</param>
public sealed class PeriodicCheckpoint(string path) : TrainerCallback
{
    private readonly Queue<string> _written = new();
    private readonly int? _everyEpochs = 1;
    private readonly int? _everySteps;
    private readonly int? _keep;

    /// <summary>Gets after how many epochs a file is written, at least 1; null for never. The default is 1.</summary>
    public int? EveryEpochs
    {
        get => _everyEpochs;
        init => _everyEpochs = value is { } epochs ? Require.Positive(epochs, nameof(EveryEpochs)) : null;
    }

    /// <summary>Gets after how many steps a file is written, at least 1; null, the default, for never.</summary>
    public int? EverySteps
    {
        get => _everySteps;
        init => _everySteps = value is { } steps ? Require.Positive(steps, nameof(EverySteps)) : null;
    }

    /// <summary>Gets how many files are kept where each has a name of its own, at least 1; null, the default, for all.</summary>
    public int? Keep
    {
        get => _keep;
        init => _keep = value is { } files ? Require.Positive(files, nameof(Keep)) : null;
    }

    /// <summary>Checks that the file could be written.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    public override void OnStart(IModel model) => WholeFile.CheckWritable(Name(0, 0));

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingStep step)
    {
        if (EverySteps is { } steps && (step.Index + 1) % steps == 0)
            Save(step.Epoch, step.Index + 1);
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (EveryEpochs is { } epochs && epoch.Epoch % epochs == 0 && Trainer is not null)
            Save(epoch.Epoch, Trainer.Step);
        return true;
    }

    private string Name(int epoch, long step) => path
        .Replace("{epoch}", epoch.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{step}", step.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private void Save(int epoch, long step)
    {
        var name = Name(epoch, step);
        Trainer!.Save(name);
        if (Keep is not { } keep || _written.Contains(name))
            return;
        _written.Enqueue(name);
        while (_written.Count > keep)
            File.Delete(_written.Dequeue());
    }
}
