namespace ModelGen;

/// <summary>Represents attention over several heads: <see cref="Nn.MultiheadAttention"/>.</summary>
/// <param name="x">What asks, f32[N,T,E].</param>
/// <param name="memory">What is asked, f32[N,S,E]; <paramref name="x"/> itself where null.</param>
/// <returns>f32[N,T,E], and the weights f32[N,T,S] averaged over the heads.</returns>
public delegate (Tensor Output, Tensor Weights) AttentionLayer(Tensor x, Tensor? memory = null);
