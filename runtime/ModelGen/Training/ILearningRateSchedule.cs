namespace ModelGen;

/// <summary>Determines the learning rate of each step.</summary>
public interface ILearningRateSchedule
{
    /// <summary>Returns the learning rate of a step.</summary>
    /// <param name="step">The optimizer's step, from 0.</param>
    float LearningRate(long step);
}
