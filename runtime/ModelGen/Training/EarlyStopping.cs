namespace ModelGen;

/// <summary>
/// Ends training when the validation loss (training loss without validation) has not improved for some epochs. A loss that is not finite is no improvement.
/// </summary>
/// <remarks>
/// It goes on over several calls of Fit for one model: the best loss and the epochs since then count on. After it has ended training, a further call
/// gets as many epochs anew. With another model it begins anew.
/// </remarks>
/// <param name="patience">After how many epochs without improvement training ends, at least 1.</param>
/// <param name="restoreBest">Whether the parameters of the best epoch are put back at the end.</param>
/// <param name="minImprovement">By how much the loss must fall to count, at least 0.</param>
public sealed class EarlyStopping(int patience, bool restoreBest = true, float minImprovement = 0f) : TrainerCallback
{
    private readonly int _patience = Require.Positive(patience);
    private readonly float _minImprovement = Require.NotNegative(minImprovement);
    private IModel? _model;
    private float[]? _bestValues;
    private float[]? _bestBuffers;
    private float _bestLoss = float.PositiveInfinity;
    private bool _isOfValidation;
    private int _epochsSince;

    /// <summary>Gets the epoch with the lowest loss so far; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnStart(IModel model)
    {
        if (!ReferenceEquals(model, _model))
            Forget();
        _model = model;
        if (_epochsSince >= _patience)
            _epochsSince = 0;
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(epoch);

        // Losses of training and of validation do not compare.
        if (_isOfValidation != epoch.ValidationLoss is not null)
            Forget();
        _isOfValidation = epoch.ValidationLoss is not null;
        if (float.IsFinite(epoch.Loss) && (BestEpoch == 0 || epoch.Loss < _bestLoss - _minImprovement))
        {
            (_bestLoss, BestEpoch, _epochsSince) = (epoch.Loss, epoch.Epoch, 0);
            if (restoreBest)
            {
                _bestValues = model.Parameters.ReadOnlyValues.ToArray();
                _bestBuffers = model.Parameters.ReadOnlyBuffers.ToArray();
            }

            return true;
        }

        return ++_epochsSince < _patience;
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

    private void Forget()
    {
        (_bestLoss, _bestValues, _bestBuffers) = (float.PositiveInfinity, null, null);
        (BestEpoch, _epochsSince) = (0, 0);
    }
}
