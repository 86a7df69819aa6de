namespace ModelGen;

/// <summary>Lets the learning rate follow lr · γ^⌊t / stepSize⌋.</summary>
/// <param name="learningRate">lr, the rate of the first steps.</param>
/// <param name="stepSize">After how many steps the rate is multiplied, at least 1.</param>
/// <param name="gamma">γ.</param>
public sealed class StepSchedule(float learningRate, int stepSize, float gamma = 0.1f) : ILearningRateSchedule
{
    private readonly int _stepSize = Require.Positive(stepSize);

    /// <inheritdoc/>
    public float LearningRate(long step) => (float)(learningRate * Math.Pow(gamma, step / _stepSize));
}
