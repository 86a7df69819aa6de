namespace ModelGen;

/// <summary>Lets the learning rate follow lr · γⁿ, where n is the number of milestones that the step has reached: t ≥ milestone.</summary>
public sealed class MultiStepSchedule : ILearningRateSchedule
{
    private readonly float _learningRate;
    private readonly float _gamma;
    private readonly long[] _milestones;

    /// <summary>Initializes a new instance of the <see cref="MultiStepSchedule"/> class.</summary>
    /// <param name="learningRate">lr, the rate of the first steps.</param>
    /// <param name="milestones">The steps at which the rate is multiplied, each at least 1, in any order; one that stands there twice counts twice.</param>
    /// <param name="gamma">γ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A milestone is less than 1.</exception>
    public MultiStepSchedule(float learningRate, IEnumerable<long> milestones, float gamma = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        (_learningRate, _gamma, _milestones) = (learningRate, gamma, [.. milestones]);
        foreach (var milestone in _milestones)
            ArgumentOutOfRangeException.ThrowIfLessThan(milestone, 1, nameof(milestones));
    }

    /// <inheritdoc/>
    public float LearningRate(long step) => (float)(_learningRate * Math.Pow(_gamma, Reached(step)));

    private int Reached(long step)
    {
        var reached = 0;
        foreach (var milestone in _milestones)
            reached += step >= milestone ? 1 : 0;
        return reached;
    }
}
