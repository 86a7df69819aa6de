namespace ModelGen;

/// <summary>Tells how far training is, after one step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The last epoch.</param>
/// <param name="Step">The step in the epoch, from 1.</param>
/// <param name="StepsPerEpoch">The steps of an epoch.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="SamplesPerSecond">Over the epoch so far.</param>
/// <param name="Elapsed">Since the call of Fit.</param>
/// <param name="Remaining">Estimated, validation left out.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Step, int StepsPerEpoch, float Loss, float LearningRate, double SamplesPerSecond, TimeSpan Elapsed, TimeSpan Remaining);
