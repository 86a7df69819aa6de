namespace ModelGen;

/// <summary>Lets the learning rate follow lr · γᵗ.</summary>
/// <param name="learningRate">lr, the rate of step 0.</param>
/// <param name="gamma">γ, more than 0.</param>
public sealed class ExponentialSchedule(float learningRate, float gamma) : ILearningRateSchedule
{
    private readonly float _gamma = Require.Positive(gamma);

    /// <inheritdoc/>
    public float LearningRate(long step) => (float)(learningRate * Math.Pow(_gamma, step));
}
