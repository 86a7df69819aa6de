namespace ModelGen;

/// <summary>Lets the learning rate follow lr · (start + (1 − start) · min(t, steps) / steps).</summary>
/// <param name="learningRate">lr, the rate after the warm-up.</param>
/// <param name="steps">The length of the warm-up, at least 1.</param>
/// <param name="startFactor">start, the part of the rate at step 0.</param>
public sealed class WarmUpLinearSchedule(float learningRate, int steps, float startFactor = 1f / 3) : ILearningRateSchedule
{
    private readonly int _steps = Require.Positive(steps);

    /// <inheritdoc/>
    public float LearningRate(long step) =>
        (float)(learningRate * (startFactor + (1.0 - startFactor) * Math.Min(step, _steps) / _steps));
}
