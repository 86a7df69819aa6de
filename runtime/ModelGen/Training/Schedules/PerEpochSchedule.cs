namespace ModelGen;

/// <summary>Lets a schedule count epochs in place of steps: the rate of step t is the schedule's of ⌊t / stepsPerEpoch⌋.</summary>
/// <param name="ofEpochs">The schedule, whose steps are epochs from 0.</param>
/// <param name="stepsPerEpoch">The steps of an epoch, at least 1: samples / batch size, rounded up unless the last batch is dropped.</param>
public sealed class PerEpochSchedule(ILearningRateSchedule ofEpochs, int stepsPerEpoch) : ILearningRateSchedule
{
    private readonly ILearningRateSchedule _ofEpochs = ofEpochs ?? throw new ArgumentNullException(nameof(ofEpochs));
    private readonly int _stepsPerEpoch = Require.Positive(stepsPerEpoch);

    /// <inheritdoc/>
    public float LearningRate(long step) => _ofEpochs.LearningRate(step / _stepsPerEpoch);
}
