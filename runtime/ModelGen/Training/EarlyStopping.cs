namespace ModelGen;

/// <summary>Ends training when the validation loss (training loss without validation) has not improved for some epochs.</summary>
/// <param name="patience">After how many epochs without improvement training ends, at least 1.</param>
/// <param name="restoreBest">Whether the parameters of the best epoch are put back at the end.</param>
/// <param name="minImprovement">By how much the loss must fall to count, at least 0.</param>
public sealed class EarlyStopping(int patience, bool restoreBest = true, float minImprovement = 0f) : TrainerCallback
{
    private readonly int _patience = Require.Positive(patience);
    private readonly float _minImprovement = Require.NotNegative(minImprovement);
    private float[]? _bestValues;
    private float[]? _bestBuffers;
    private float _bestLoss = float.PositiveInfinity;

    /// <summary>The epoch with the lowest loss so far; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnStart(IModel model)
    {
        _bestLoss = float.PositiveInfinity;
        _bestValues = null;
        _bestBuffers = null;
        BestEpoch = 0;
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(epoch);
        var loss = epoch.ValidationLoss ?? epoch.TrainLoss;
        if (loss < _bestLoss - _minImprovement)
        {
            (_bestLoss, BestEpoch) = (loss, epoch.Epoch);
            if (restoreBest)
            {
                _bestValues = model.Parameters.ReadOnlyValues.ToArray();
                _bestBuffers = model.Parameters.ReadOnlyBuffers.ToArray();
            }

            return true;
        }

        return epoch.Epoch - BestEpoch < _patience;
    }

    /// <inheritdoc/>
    public override void OnEnd(IModel model, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (_bestValues is null || _bestBuffers is null)
            return;
        _bestValues.CopyTo(model.Parameters.Values);
        _bestBuffers.CopyTo(model.Parameters.Buffers);
    }
}
