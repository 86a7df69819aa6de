namespace ModelGen;

/// <summary>Provides the parameters of a layer as tensors, which other expressions may use: a tied table, a penalty of one layer.</summary>
#pragma warning disable CA1708 // Both blocks have a Weight, each for its kind of layer.
public static class LayerExtensions
{
    extension(Layer layer)
    {
        /// <summary>Gets the weight of the layer. In a declaration the layer has been called before, from which its shape follows.</summary>
        public Tensor Weight => Own(layer, "weight");

        /// <summary>Gets the bias of the layer. In a declaration the layer has been called before, from which its shape follows.</summary>
        public Tensor Bias => Own(layer, "bias");
    }

    extension(EmbeddingLayer layer)
    {
        /// <summary>Gets the table of the layer, f32[count,dimensions]. In a declaration the layer has been called before.</summary>
        public Tensor Weight => Own(layer, "weight");
    }

    private static Tensor Own(Delegate layer, string name)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Tensor.Record("OwnParameter", null, [], ("name", name));
    }
}
#pragma warning restore CA1708
