namespace ModelGen;

/// <summary>Describes one named parameter or buffer and its place in the flat storage.</summary>
public sealed class ParameterSpec
{
    /// <summary>Gets the name as PyTorch gives it: <c>layer1.0.conv1.weight</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the sizes of all axes; empty for a scalar.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Gets where it begins, in floats; a multiple of 16 (64 bytes).</summary>
    public required int Offset { get; init; }

    /// <summary>Gets the number of its floats: the product of <see cref="Shape"/>.</summary>
    public required int Length { get; init; }

    /// <summary>Gets how it is filled before training.</summary>
    public required Initializer Initializer { get; init; }

    /// <summary>Gets a value indicating whether an optimizer changes it; false for frozen parameters and buffers.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Returns the parameter as text: <c>fc1.weight f32[128,784]</c>.</summary>
    public override string ToString() => $"{Path} f32{ShapeText.Of(Shape, hasBatch: false)}";
}
