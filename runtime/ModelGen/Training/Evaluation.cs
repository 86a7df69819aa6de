namespace ModelGen;

/// <summary>How a model does on a data set.</summary>
public sealed class Evaluation
{
    /// <summary>The number of samples.</summary>
    public required int Count { get; init; }

    /// <summary>The loss of all samples as one batch (<see cref="LossTotal"/>); NaN if the model has no loss, or it is a mean of nothing.</summary>
    public required float Loss { get; init; }

    /// <summary>The part of the labels predicted rightly; null if the model has no labels that fit an output.</summary>
    public float? Accuracy => ConfusionMatrix is { Total: > 0 } matrix ? (float)matrix.Accuracy : null;

    /// <summary>How often each class was predicted as each; null if the model has no labels that fit an output.</summary>
    public ConfusionMatrix? ConfusionMatrix { get; init; }
}
