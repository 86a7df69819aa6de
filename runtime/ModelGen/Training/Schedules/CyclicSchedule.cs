namespace ModelGen;

/// <summary>
/// Lets the learning rate rise and fall along triangles: base + (max − base) · h · s, where h = max(0, 1 − |x|) with x the distance from the middle of the
/// cycle in parts of its rise or fall, and s is 1, 1 / 2^(cycle − 1) or γᵗ (Smith 2017, "Cyclical learning rates for training neural networks").
/// </summary>
/// <param name="baseRate">base, the lowest rate.</param>
/// <param name="maximum">max, the highest rate.</param>
/// <param name="stepsUp">The steps of a rise, at least 1.</param>
/// <param name="stepsDown">The steps of a fall, at least 1; null for as many as of a rise.</param>
/// <param name="mode">What s is.</param>
/// <param name="gamma">γ, for <see cref="CyclicMode.ExponentialRange"/>.</param>
public sealed class CyclicSchedule(
    float baseRate, float maximum, int stepsUp = 2000, int? stepsDown = null, CyclicMode mode = CyclicMode.Triangular, float gamma = 1f)
    : ILearningRateSchedule
{
    private readonly int _stepsUp = Require.Positive(stepsUp);
    private readonly int _stepsDown = stepsDown is { } steps ? Require.Positive(steps, nameof(stepsDown)) : stepsUp;

    /// <inheritdoc/>
    public float LearningRate(long step)
    {
        var length = (long)_stepsUp + _stepsDown;
        var (cycle, place) = (step / length, step % length);
        var height = place <= _stepsUp ? place / (double)_stepsUp : (length - place) / (double)_stepsDown;
        var scale = mode switch
        {
            CyclicMode.Triangular2 => Math.Pow(0.5, cycle),
            CyclicMode.ExponentialRange => Math.Pow(gamma, step),
            _ => 1,
        };
        return (float)(baseRate + ((double)maximum - baseRate) * height * scale);
    }
}
