namespace ModelGen.Benchmarks.Models;

/// <summary>A transformer block with its norms before attention and network (pre-LN).</summary>
/// <param name="width">The features of a position.</param>
/// <param name="heads">The heads of the attention.</param>
[Module]
public partial class GptBlock(int width, int heads)
{
    readonly Layer n1 = LayerNorm(), n2 = LayerNorm();
    readonly AttentionLayer attention = MultiheadAttention(heads, causal: true);
    readonly Layer f1 = Linear(4 * width), f2 = Linear(width);

    /// <summary>x + attention(n1(x)), then + f2(gelu(f1(n2(x)))).</summary>
    public Tensor Forward(Tensor x)
    {
        var (mixed, _) = attention(n1(x));
        x = x + mixed;
        return x + f2(Gelu(f1(n2(x))));
    }
}
