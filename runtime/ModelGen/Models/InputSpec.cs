namespace ModelGen;

/// <summary>Describes one input of a model: a tensor of <c>Forward</c>, or a target or labels of <c>Loss</c>.</summary>
public sealed class InputSpec
{
    /// <summary>Gets the name of the parameter in the declaration.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the sizes without the batch axis.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Gets the number of elements of one sample: the product of <see cref="Shape"/>.</summary>
    public required int Length { get; init; }

    /// <summary>Gets a value indicating whether the elements are class indices (int32) and not numbers (float32).</summary>
    public bool IsLabels { get; init; }

    /// <summary>Gets the number of classes of labels; 0 for numbers.</summary>
    public int Classes { get; init; }

    /// <summary>Gets a label that the loss ignores although it is no class (PyTorch's −100); null where there is none.</summary>
    public int? IgnoredLabel { get; init; }

    /// <summary>Gets a value indicating whether <see cref="IModel.Predict"/> reads it; targets and labels are read by the loss only.</summary>
    public bool UsedByPredict { get; init; } = true;

    /// <summary>Gets a value indicating whether there is one row for each sample; otherwise one row serves the whole batch.</summary>
    public bool HasBatch { get; init; } = true;

    /// <summary>Returns a value indicating whether a label is a class, or the one that is ignored.</summary>
    /// <param name="label">The label.</param>
    public bool Takes(int label) => (uint)label < (uint)Classes || label == IgnoredLabel;

    /// <summary>The labels that <see cref="Takes"/> takes, for messages: <c>from 0 to 9 (10 classes)</c>.</summary>
    internal string Range => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"from 0 to {Classes - 1} ({Classes} classes){(IgnoredLabel is { } ignored ? $" or {ignored}, which is ignored" : "")}");

    /// <summary>Returns the input as text: <c>image f32[N,1,28,28]</c>.</summary>
    public override string ToString() => $"{Name} {(IsLabels ? "i32" : "f32")}{ShapeText.Of(Shape, HasBatch)}";
}
