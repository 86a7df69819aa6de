namespace ModelGen;

/// <summary>
/// Describes one output of a model, with a row for each sample. An output that <c>Forward</c> computes without a batch axis (a mean over the whole batch, a
/// parameter) has the same value in each row.
/// </summary>
public sealed class OutputSpec
{
    /// <summary>Gets the name in the declaration, or <c>output</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the sizes without the batch axis.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Gets the number of elements of one sample: the product of <see cref="Shape"/>.</summary>
    public required int Length { get; init; }

    /// <summary>Returns the output as text: <c>logits f32[N,10]</c>.</summary>
    public override string ToString() => $"{Name} f32{ShapeText.Of(Shape, hasBatch: true)}";
}
