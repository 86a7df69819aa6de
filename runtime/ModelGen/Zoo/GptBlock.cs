using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Computes x + attn(ln1(x)), then x + fc2(gelu(fc1(ln2(x)))): a transformer block with normalisation in front (A. Radford et al., "Language models are
/// unsupervised multitask learners", 2019, section 2.3). Step t sees steps up to t.
/// </summary>
/// <param name="width">E, the features of a step.</param>
/// <param name="heads">The number of heads; divides the width.</param>
/// <param name="dropout">The probability of zero at the end of both branches.</param>
[Module]
public sealed partial class GptBlock(int width, int heads, float dropout = 0)
{
    private readonly Layer ln1 = LayerNorm(), ln2 = LayerNorm();
    private readonly AttentionLayer attn = MultiheadAttention(heads, causal: true);
    private readonly Layer fc1 = Linear(4 * width), fc2 = Linear(width);
    private readonly Layer? drop = dropout > 0 ? Dropout(dropout) : null;

    /// <summary>Computes f32[N,T,E] → f32[N,T,E].</summary>
    /// <param name="x">The sequence.</param>
    public Tensor Forward(Tensor x)
    {
        var attended = attn(ln1(x)).Output;
        x += drop?.Invoke(attended) ?? attended;
        var thought = fc2(Gelu(fc1(ln2(x))));
        return x + (drop?.Invoke(thought) ?? thought);
    }
}
