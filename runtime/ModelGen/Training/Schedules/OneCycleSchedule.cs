namespace ModelGen;

/// <summary>
/// Raises the learning rate from max / divFactor to max at step warmUp · steps − 1, then lowers it to max / (divFactor · finalDivFactor) at the last step, both
/// along a cosine (Smith and Topin 2018).
/// </summary>
public sealed class OneCycleSchedule : ILearningRateSchedule
{
    private readonly double _maximum;
    private readonly double _initial;
    private readonly double _final;
    private readonly double _peakStep;
    private readonly double _lastStep;

    /// <summary>Initializes a new instance of the <see cref="OneCycleSchedule"/> class.</summary>
    /// <param name="maximum">The highest rate.</param>
    /// <param name="steps">The number of all steps, at least 2.</param>
    /// <param name="warmUp">The part of the steps in which the rate rises, in (0, 1); warmUp · steps must be more than 1.</param>
    /// <param name="divFactor">How much lower the first rate is than the highest.</param>
    /// <param name="finalDivFactor">How much lower the last rate is than the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no step to rise or none to fall.</exception>
    public OneCycleSchedule(float maximum, int steps, float warmUp = 0.3f, float divFactor = 25f, float finalDivFactor = 1e4f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        _maximum = maximum;
        _initial = (double)maximum / divFactor;
        _final = _initial / finalDivFactor;
        _peakStep = (double)warmUp * steps - 1;
        _lastStep = steps - 1;
        if (!(_peakStep > 0 && _peakStep < _lastStep))
        {
            throw new ArgumentOutOfRangeException(
                nameof(warmUp), warmUp,
                FormattableString.Invariant($"With {steps} steps the peak would be at step {_peakStep}; it must be between 0 and {_lastStep}."));
        }
    }

    /// <inheritdoc/>
    public float LearningRate(long step) => step <= _peakStep
        ? (float)CosineSchedule.Anneal(_initial, _maximum, step / _peakStep)
        : (float)CosineSchedule.Anneal(_maximum, _final, Math.Min((step - _peakStep) / (_lastStep - _peakStep), 1));
}
