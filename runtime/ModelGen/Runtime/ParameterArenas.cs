namespace ModelGen.Runtime;

/// <summary>The storage of a model's parameters, their gradients and its buffers.</summary>
/// <param name="info">The model.</param>
internal sealed class ParameterArenas(ModelInfo info)
{
    /// <summary>The values.</summary>
    public AlignedBuffer Values { get; } = AlignedBuffer.OfFloats(info.ParameterFloats);

    /// <summary>∂loss/∂values.</summary>
    public AlignedBuffer Gradients { get; } = AlignedBuffer.OfFloats(info.ParameterFloats);

    /// <summary>Running statistics.</summary>
    public AlignedBuffer Buffers { get; } = AlignedBuffer.OfFloats(info.BufferFloats);
}
