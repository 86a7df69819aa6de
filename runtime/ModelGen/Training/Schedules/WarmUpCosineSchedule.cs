namespace ModelGen;

/// <summary>
/// Lets the learning rate follow lr (t + 1) / warmUp while t &lt; warmUp, then lr (1 + cos(π (t − warmUp) / (steps − warmUp))) / 2, and 0 from the end on.
/// </summary>
/// <param name="learningRate">lr, the highest rate.</param>
/// <param name="warmUpSteps">warmUp, at least 0 and less than <paramref name="steps"/>.</param>
/// <param name="steps">The number of all steps.</param>
public sealed class WarmUpCosineSchedule(float learningRate, int warmUpSteps, int steps) : ILearningRateSchedule
{
    private readonly int _fallSteps = Require.Positive(steps - Require.NotNegative(warmUpSteps), nameof(steps));

    /// <inheritdoc/>
    public float LearningRate(long step) => step < warmUpSteps
        ? (float)((double)learningRate * (step + 1) / warmUpSteps)
        : (float)CosineSchedule.Anneal(learningRate, 0, Math.Min(step - warmUpSteps, _fallSteps) / (double)_fallSteps);
}
