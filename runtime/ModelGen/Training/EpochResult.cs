namespace ModelGen;

/// <summary>Describes what one epoch gave.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="TrainLoss">The loss of the training samples as one batch, each taken when its batch was trained (<see cref="LossTotal"/>).</param>
/// <param name="ValidationLoss">The loss of the validation samples after the epoch, as one batch; null without validation.</param>
/// <param name="ValidationAccuracy">The part of the validation labels predicted rightly; null without validation or labels.</param>
/// <param name="Seconds">The time of training, validation left out.</param>
/// <param name="SamplesPerSecond">Training samples in a second.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="IsComplete">False if it was cancelled on the way.</param>
public sealed record EpochResult(
    int Epoch, float TrainLoss, float? ValidationLoss, float? ValidationAccuracy, double Seconds, double SamplesPerSecond, float LearningRate, bool IsComplete)
{
    /// <summary>The number that epochs are compared by: the validation loss, or the training loss where there is no validation.</summary>
    internal float Loss => ValidationLoss ?? TrainLoss;
}
