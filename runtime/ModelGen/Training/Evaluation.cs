using System.Collections.ObjectModel;

namespace ModelGen;

/// <summary>Describes how a model does on a data set.</summary>
public sealed class Evaluation
{
    /// <summary>Gets the number of samples.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the loss of all samples as one batch (<see cref="LossTotal"/>); NaN if the model has no loss, or it is a mean of nothing.</summary>
    public required float Loss { get; init; }

    /// <summary>Gets the share of the labels that was predicted correctly; null if the model has no labels that fit an output.</summary>
    public float? Accuracy => ConfusionMatrix is { Total: > 0 } matrix ? (float)matrix.Accuracy : null;

    /// <summary>Gets how often each class was predicted as each class; null if the model has no labels that fit an output.</summary>
    public ConfusionMatrix? ConfusionMatrix { get; init; }

    /// <summary>Gets the trainer's metrics by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;
}
