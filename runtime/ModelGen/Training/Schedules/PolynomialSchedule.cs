namespace ModelGen;

/// <summary>
/// Lets the learning rate follow end + (lr − end) · (1 − min(t, steps) / steps)^power: a straight line to 0 unless told otherwise (PyTorch's PolynomialLR,
/// where end is 0).
/// </summary>
/// <param name="learningRate">lr, the rate of step 0.</param>
/// <param name="steps">The length of the fall, at least 1.</param>
/// <param name="power">1 for a straight line; more than 0.</param>
/// <param name="end">The rate from the end of the fall on.</param>
public sealed class PolynomialSchedule(float learningRate, int steps, float power = 1f, float end = 0f) : ILearningRateSchedule
{
    private readonly int _steps = Require.Positive(steps);
    private readonly float _power = Require.Positive(power);

    /// <inheritdoc/>
    public float LearningRate(long step) => (float)(end + ((double)learningRate - end) * Math.Pow(1 - Math.Min(step, _steps) / (double)_steps, _power));
}
