namespace ModelGen;

/// <summary>One output of a model: a row for each sample. One that <c>Forward</c> computes without a batch axis (a mean over the whole batch, a parameter) has
/// the same value in each row.</summary>
public sealed class OutputSpec
{
    /// <summary>The name in the declaration, or <c>output</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The sizes without the batch axis.</summary>
    public required int[] Shape { get; init; }

    /// <summary>The elements of one sample: the product of <see cref="Shape"/>.</summary>
    public required int Length { get; init; }

    /// <summary>Writes <c>logits f32[N,10]</c>.</summary>
    public override string ToString() => $"{Name} f32{ShapeText.Of(Shape, hasBatch: true)}";
}
