namespace ModelGen;

/// <summary>Describes what the epochs of one call of Fit gave.</summary>
public sealed class TrainingHistory
{
    private readonly List<EpochResult> _epochs = [];

    /// <summary>Gets the epochs in order; the last may be incomplete.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>Gets a value indicating whether it ended by cancellation.</summary>
    public bool WasCancelled { get; internal set; }

    /// <summary>Gets a value indicating whether a callback ended it.</summary>
    public bool StoppedEarly { get; internal set; }

    /// <summary>Gets the epoch with the lowest validation loss (training loss without validation); null if none was completed with a finite loss.</summary>
    public EpochResult? Best => _epochs.Where(epoch => epoch.IsComplete && float.IsFinite(epoch.Loss)).MinBy(epoch => epoch.Loss);

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);
}
