namespace ModelGen;

/// <summary>Describes one training step to a callback.</summary>
/// <param name="Index">Its number in all of training, from 0.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Number">Its number in the epoch, from 1.</param>
/// <param name="StepsPerEpoch">The steps of an epoch.</param>
/// <param name="Samples">The samples of its batch.</param>
/// <param name="Loss">The loss of its batch before the step; NaN where the step has not been made yet.</param>
/// <param name="LearningRate">Its learning rate.</param>
public readonly record struct TrainingStep(long Index, int Epoch, int Number, int StepsPerEpoch, int Samples, float Loss, float LearningRate);
