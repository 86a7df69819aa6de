namespace ModelGen;

/// <summary>
/// Multiplies the optimizer's learning rate by a factor when a figure has not improved for more than <paramref name="patience"/> epochs (PyTorch's
/// ReduceLROnPlateau): an epoch improves on the best b where its loss is below b · (1 − threshold), or its higher-is-better figure above b · (1 + threshold).
/// </summary>
/// <remarks>The trainer must have no schedule, which would set the rate anew before each step. It goes on over several calls of Fit.</remarks>
/// <param name="factor">Less than 1, more than 0.</param>
/// <param name="patience">The epochs without improvement that are let pass, at least 0.</param>
public sealed class ReduceOnPlateau(float factor = 0.1f, int patience = 10) : TrainerCallback
{
    private readonly float _factor = factor is > 0 and < 1
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "factor must be between 0 and 1.");

    private readonly int _patience = Require.NotNegative(patience);
    private double _best = double.NaN;
    private int _badEpochs;
    private int _cooling;

    /// <summary>Gets the name of the figure, such as <c>val_accuracy</c> (<see cref="EpochResult.Value"/>); null for the validation loss, or the training loss
    /// where there is no validation.</summary>
    public string? Monitor { get; init; }

    /// <summary>Gets a value indicating whether a higher figure is better; null to tell by its name: lower is better for losses and errors.</summary>
    public bool? HigherIsBetter { get; init; }

    /// <summary>Gets the part of the best figure by which another must be better to count; the default is 1e-4.</summary>
    public float Threshold { get; init; } = 1e-4f;

    /// <summary>Gets the epochs after a reduction that do not count as bad; the default is 0.</summary>
    public int Cooldown { get; init; }

    /// <summary>Gets the rate below which it is not reduced; the default is 0.</summary>
    public float Minimum { get; init; }

    /// <summary>Checks that nothing else sets the rate.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidOperationException">The trainer has a schedule.</exception>
    public override void OnStart(IModel model)
    {
        if (Trainer?.Schedule is { } schedule)
        {
            throw new InvalidOperationException(
                $"{nameof(ReduceOnPlateau)} sets the learning rate after epochs, but {schedule.GetType().Name} sets it in each step.");
        }
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        var value = ModelGen.Monitor.Of(Monitor, epoch);
        var isBetter = HigherIsBetter ?? ModelGen.Monitor.HigherIsBetter(Monitor)
            ? value > _best * (1 + (double)Threshold)
            : value < _best * (1 - (double)Threshold);
        if (double.IsFinite(value) && (isBetter || double.IsNaN(_best)))
            (_best, _badEpochs) = (value, 0);
        else
            _badEpochs++;
        if (_cooling > 0)
            (_cooling, _badEpochs) = (_cooling - 1, 0);
        if (_badEpochs <= _patience)
            return true;
        (_cooling, _badEpochs) = (Cooldown, 0);
        var optimizer = Trainer!.Optimizer;
        optimizer.LearningRate = Math.Max(Math.Min(Minimum, optimizer.LearningRate), optimizer.LearningRate * _factor);
        return true;
    }

    /// <inheritdoc/>
    public override void SaveState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("best", _best);
        state.Set("bad_epochs", _badEpochs);
        state.Set("cooling", _cooling);
    }

    /// <inheritdoc/>
    public override void LoadState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _best = state.Number("best");
        _badEpochs = (int)state.Integer("bad_epochs");
        _cooling = (int)state.Integer("cooling");
    }
}
