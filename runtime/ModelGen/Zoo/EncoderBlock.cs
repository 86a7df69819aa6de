using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Computes norm1(x + self_attn(x)), then norm2(x + linear2(relu(linear1(x)))): the encoder's layer of A. Vaswani et al., "Attention is all you need", 2017,
/// section 3.1, with the parameter names of PyTorch's <c>nn.TransformerEncoderLayer</c>.
/// </summary>
/// <param name="width">E, the features of a step.</param>
/// <param name="heads">The number of heads; divides the width.</param>
/// <param name="hidden">The width of the layer between.</param>
/// <param name="dropout">The probability of zero inside and at the end of both branches.</param>
[Module]
public sealed partial class EncoderBlock(int width, int heads, int hidden, float dropout = 0)
{
    private readonly AttentionLayer self_attn = MultiheadAttention(heads);
    private readonly Layer linear1 = Linear(hidden), linear2 = Linear(width);
    private readonly Layer norm1 = LayerNorm(), norm2 = LayerNorm();
    private readonly Layer? drop = dropout > 0 ? Dropout(dropout) : null;

    /// <summary>Computes f32[N,T,E] → f32[N,T,E].</summary>
    /// <param name="x">The sequence.</param>
    public Tensor Forward(Tensor x)
    {
        var attended = self_attn(x).Output;
        x = norm1(x + (drop?.Invoke(attended) ?? attended));
        var inner = Relu(linear1(x));
        inner = linear2(drop?.Invoke(inner) ?? inner);
        return norm2(x + (drop?.Invoke(inner) ?? inner));
    }
}
