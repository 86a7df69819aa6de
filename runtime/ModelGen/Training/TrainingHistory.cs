namespace ModelGen;

/// <summary>What the epochs of one call of Fit gave.</summary>
public sealed class TrainingHistory
{
    private readonly List<EpochResult> _epochs = [];

    /// <summary>The epochs in order; the last may be incomplete.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>Whether it ended by cancellation.</summary>
    public bool WasCancelled { get; internal set; }

    /// <summary>Whether a callback ended it.</summary>
    public bool StoppedEarly { get; internal set; }

    /// <summary>The epoch with the lowest validation loss (training loss without validation); null if none was completed with a finite loss.</summary>
    public EpochResult? Best => _epochs.Where(epoch => epoch.IsComplete && float.IsFinite(epoch.Loss)).MinBy(epoch => epoch.Loss);

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);
}
