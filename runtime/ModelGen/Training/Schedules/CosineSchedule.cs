namespace ModelGen;

/// <summary>
/// Lets the learning rate follow min + (lr − min) (1 + cos(π t / steps)) / 2, and min from then on (Loshchilov and Hutter 2017, eq. 5, without restarts).
/// </summary>
/// <param name="learningRate">lr, the rate of step 0.</param>
/// <param name="steps">The length of the fall, at least 1.</param>
/// <param name="minimum">min, the rate at the end.</param>
public sealed class CosineSchedule(float learningRate, int steps, float minimum = 0f) : ILearningRateSchedule
{
    private readonly int _steps = Require.Positive(steps);

    /// <inheritdoc/>
    public float LearningRate(long step) => (float)Anneal(learningRate, minimum, Math.Min(step, _steps) / (double)_steps);

    /// <summary>From one value to another along half a cosine wave.</summary>
    internal static double Anneal(double from, double to, double fraction) => to + (from - to) * (1 + Math.Cos(Math.PI * fraction)) / 2;
}
