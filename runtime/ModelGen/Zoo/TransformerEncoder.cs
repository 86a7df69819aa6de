using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Represents sine and cosine positions and a stack of <see cref="EncoderBlock"/>s: each step of the result has seen the whole sequence (A. Vaswani et al.
/// 2017). Parameters have the names of PyTorch's <c>nn.TransformerEncoder</c>.
/// </summary>
/// <param name="width">E, the features of a step.</param>
/// <param name="heads">The number of heads; divides the width.</param>
/// <param name="depth">The number of blocks.</param>
/// <param name="hidden">The width of the layer inside each block; 4·width where 0.</param>
/// <param name="dropout">The probability of zero inside and at the end of each branch.</param>
[Module]
public sealed partial class TransformerEncoder(int width, int heads, int depth, int hidden = 0, float dropout = 0)
{
    private readonly EncoderBlock[] layers = Repeat(depth, _ => new EncoderBlock(width, heads, hidden > 0 ? hidden : 4 * width, dropout));

    /// <summary>Computes f32[N,T,E] → f32[N,T,E].</summary>
    /// <param name="x">The sequence, without positions.</param>
    public Tensor Forward(Tensor x)
    {
        x = SinusoidalPositions(x);
        foreach (var layer in layers)
            x = layer.Forward(x);
        return x;
    }
}
