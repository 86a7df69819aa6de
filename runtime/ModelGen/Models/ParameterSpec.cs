namespace ModelGen;

/// <summary>One named parameter or buffer and its place in the flat storage.</summary>
public sealed class ParameterSpec
{
    /// <summary>The name as PyTorch gives it: <c>layer1.0.conv1.weight</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The sizes of all axes; empty for a scalar.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Where it begins, in floats; a multiple of 16 (64 bytes).</summary>
    public required int Offset { get; init; }

    /// <summary>How many floats it has: the product of <see cref="Shape"/>.</summary>
    public required int Length { get; init; }

    /// <summary>How it is filled before training.</summary>
    public required Initializer Initializer { get; init; }

    /// <summary>Whether an optimizer changes it; false for frozen parameters and buffers.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Writes <c>fc1.weight f32[128,784]</c>.</summary>
    public override string ToString() => $"{Path} f32{ShapeText.Of(Shape, hasBatch: false)}";
}
