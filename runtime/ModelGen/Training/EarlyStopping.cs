namespace ModelGen;

/// <summary>
/// Ends training when the validation loss (training loss without validation), or another figure, has not improved for some epochs. A figure that is not finite
/// is no improvement.
/// </summary>
/// <remarks>
/// It goes on over several calls of Fit for one model: the best figure and the epochs since then count on. After it has ended training, a further call
/// gets as many epochs anew. With another model it begins anew.
/// </remarks>
/// <param name="patience">After how many epochs without improvement training ends, at least 1.</param>
/// <param name="restoreBest">Whether the parameters of the best epoch are put back at the end; not where Fit is cancelled, so that it can go on.</param>
/// <param name="minImprovement">By how much the figure must improve to count, at least 0.</param>
public sealed class EarlyStopping(int patience, bool restoreBest = true, float minImprovement = 0f) : TrainerCallback
{
    private readonly int _patience = Require.Positive(patience);
    private readonly float _minImprovement = Require.NotNegative(minImprovement);
    private IModel? _model;
    private float[]? _bestValues;
    private float[]? _bestBuffers;
    private double _best;
    private bool _isOfValidation;
    private int _epochsSince;

    /// <summary>Gets the epoch with the best figure so far; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Gets the name of the figure, such as <c>val_accuracy</c> (<see cref="EpochResult.Value"/>); null for the validation loss, or the training loss
    /// where there is no validation.</summary>
    public string? Monitor { get; init; }

    /// <summary>Gets a value indicating whether a higher figure is better; null to tell by its name: lower is better for losses and errors.</summary>
    public bool? HigherIsBetter { get; init; }

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
        var value = ModelGen.Monitor.Of(Monitor, epoch);
        var gain = HigherIsBetter ?? ModelGen.Monitor.HigherIsBetter(Monitor) ? value - _best : _best - value;
        if (double.IsFinite(value) && (BestEpoch == 0 || gain > _minImprovement))
        {
            (_best, BestEpoch, _epochsSince) = (value, epoch.Epoch, 0);
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
        ArgumentNullException.ThrowIfNull(history);
        if (_bestValues is null || _bestBuffers is null || history.WasCancelled)
            return;
        _bestValues.CopyTo(model.Parameters.Values);
        _bestBuffers.CopyTo(model.Parameters.Buffers);
    }

    /// <inheritdoc/>
    public override void SaveState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("best", _best);
        state.Set("best_epoch", BestEpoch);
        state.Set("epochs_since", _epochsSince);
        state.Set("of_validation", _isOfValidation ? 1 : 0);
        if (_bestValues is not null)
            state.Set("values", _bestValues);
        if (_bestBuffers is not null)
            state.Set("buffers", _bestBuffers);
    }

    /// <inheritdoc/>
    public override void LoadState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _best = state.Number("best");
        BestEpoch = (int)state.Integer("best_epoch");
        _epochsSince = (int)state.Integer("epochs_since");
        _isOfValidation = state.Integer("of_validation") != 0;
        _bestValues = state.Array("values");
        _bestBuffers = state.Array("buffers");

        // Saved after the epoch that ended training, but before it had ended.
        if (_epochsSince >= _patience)
            Trainer?.Stop();
    }

    private void Forget()
    {
        (_best, _bestValues, _bestBuffers) = (0, null, null);
        (BestEpoch, _epochsSince) = (0, 0);
    }
}
