using System.Collections.ObjectModel;

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
    /// <summary>The name of the training loss.</summary>
    internal const string LossName = "loss";

    /// <summary>What the names of figures of the validation samples begin with.</summary>
    internal const string ValidationPrefix = "val_";

    private const string AccuracyName = "accuracy";
    private const string LearningRateName = "learning_rate";

    /// <summary>
    /// Gets the trainer's metrics by name: those of the validation samples as <c>val_f1</c>, those of the training samples, where they were asked for, as
    /// <c>f1</c>.
    /// </summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The number that epochs are compared by: the validation loss, or the training loss where there is no validation.</summary>
    internal float Loss => ValidationLoss ?? TrainLoss;

    /// <summary>Returns a figure by its name, as Keras calls it.</summary>
    /// <param name="name"><c>loss</c>, <c>val_loss</c>, <c>val_accuracy</c>, <c>learning_rate</c>, or one of <see cref="Metrics"/>.</param>
    /// <returns>The figure; null if the epoch has none of that name.</returns>
    public double? Value(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Metrics.TryGetValue(name, out var value))
            return value;
        return name switch
        {
            LossName => TrainLoss,
            ValidationPrefix + LossName => ValidationLoss,
            ValidationPrefix + AccuracyName => ValidationAccuracy,
            LearningRateName => LearningRate,
            _ => null,
        };
    }

    /// <summary>Returns all figures with their names: losses, accuracy, learning rate, then <see cref="Metrics"/>.</summary>
    public IEnumerable<KeyValuePair<string, double>> Values()
    {
        foreach (var name in (string[])[LossName, ValidationPrefix + LossName, ValidationPrefix + AccuracyName, LearningRateName])
        {
            if (!Metrics.ContainsKey(name) && Value(name) is { } value)
                yield return new(name, value);
        }

        foreach (var metric in Metrics)
            yield return metric;
    }
}
