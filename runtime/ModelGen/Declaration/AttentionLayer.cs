namespace ModelGen;

/// <summary>Represents attention over several heads: <see cref="Nn.MultiheadAttention"/>.</summary>
/// <param name="x">What asks, f32[N,T,E].</param>
/// <param name="memory">What is asked, f32[N,S,E]; <paramref name="x"/> itself where null.</param>
/// <param name="value">What is answered, f32[N,S,V]; the memory where null.</param>
/// <param name="keyPaddingMask">f32[N,S], not 0 where a key is padding that nobody sees, as PyTorch's; none where null.</param>
/// <param name="attnMask">What is added to the scores, −∞ where a query does not see a key; broadcasts to f32[N,heads,T,S].</param>
/// <returns>f32[N,T,E], and the weights f32[N,T,S] averaged over the heads.</returns>
public delegate (Tensor Output, Tensor Weights) AttentionLayer(
    Tensor x, Tensor? memory = null, Tensor? value = null, Tensor? keyPaddingMask = null, Tensor? attnMask = null);
