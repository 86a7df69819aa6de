namespace ModelGen;

/// <summary>
/// Lets the learning rate follow min + (lr − min) (1 + cos(π c / n)) / 2, where c counts the steps since the last restart and n is the length of the period:
/// the first is given, each further one is longer by a factor (SGDR; Loshchilov and Hutter 2017, eq. 5).
/// </summary>
/// <param name="learningRate">lr, the rate after each restart.</param>
/// <param name="firstPeriod">The steps to the first restart, at least 1.</param>
/// <param name="factor">How many times longer a period is than the one before, at least 1.</param>
/// <param name="minimum">min, which the rate approaches before each restart.</param>
public sealed class CosineRestartsSchedule(float learningRate, int firstPeriod, int factor = 1, float minimum = 0f) : ILearningRateSchedule
{
    private readonly int _firstPeriod = Require.Positive(firstPeriod);
    private readonly int _factor = Require.Positive(factor);

    /// <inheritdoc/>
    public float LearningRate(long step)
    {
        var (place, period) = (step, (long)_firstPeriod);
        if (_factor == 1)
            place %= period;
        while (place >= period)
        {
            place -= period;
            period *= _factor;
        }

        return (float)CosineSchedule.Anneal(learningRate, minimum, place / (double)period);
    }
}
