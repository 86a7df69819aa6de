namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Layers that are called one after the other (<c>Nn.Sequential</c>).</summary>
internal sealed class LayerSequence : IPathHolder
{
    public LayerSequence(object?[] layers) => Layers = layers;

    /// <summary>Layers, functions and modules.</summary>
    public object?[] Layers { get; }

    public string? Path { get; set; }
}
