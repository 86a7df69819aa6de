namespace ModelGen;

/// <summary>Represents a table of vectors: <see cref="Nn.Embedding"/>.</summary>
/// <param name="x">The rows to look up, i32[N,…].</param>
/// <returns>f32[N,…,dimensions].</returns>
public delegate Tensor EmbeddingLayer(Labels x);
