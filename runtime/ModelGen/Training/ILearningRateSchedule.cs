namespace ModelGen;

/// <summary>Says the learning rate of each step.</summary>
public interface ILearningRateSchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The optimizer's step, from 0.</param>
    float LearningRate(long step);
}
