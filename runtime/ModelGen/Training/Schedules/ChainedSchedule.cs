namespace ModelGen;

/// <summary>Lets several schedules follow one another, each counting its own steps from 0 (PyTorch's SequentialLR).</summary>
public sealed class ChainedSchedule : ILearningRateSchedule
{
    private readonly (ILearningRateSchedule Schedule, long Steps)[] _parts;
    private readonly ILearningRateSchedule _last;

    /// <summary>Initializes a new instance of the <see cref="ChainedSchedule"/> class.</summary>
    /// <param name="last">The schedule after all others.</param>
    /// <param name="parts">Those before it, in order, each with its steps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part has no step.</exception>
    public ChainedSchedule(ILearningRateSchedule last, params (ILearningRateSchedule Schedule, long Steps)[] parts)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(parts);
        foreach (var (schedule, steps) in parts)
        {
            ArgumentNullException.ThrowIfNull(schedule, nameof(parts));
            ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(parts));
        }

        (_last, _parts) = (last, [.. parts]);
    }

    /// <inheritdoc/>
    public float LearningRate(long step)
    {
        foreach (var (schedule, steps) in _parts)
        {
            if (step < steps)
                return schedule.LearningRate(step);
            step -= steps;
        }

        return _last.LearningRate(step);
    }
}
