using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Represents a language model that scores the next token at each step: token and position tables, blocks with normalisation in front, a last normalisation,
/// scores against the token table (A. Radford et al. 2019, GPT-2's form).
/// </summary>
/// <param name="vocabulary">V, the number of tokens.</param>
/// <param name="context">The most steps it sees.</param>
/// <param name="width">E, the features of a step.</param>
/// <param name="heads">The number of heads; divides the width.</param>
/// <param name="depth">The number of blocks.</param>
/// <param name="dropout">The probability of zero after the tables and at the end of each branch.</param>
[Module]
public sealed partial class Gpt(int vocabulary, int context, int width, int heads, int depth, float dropout = 0)
{
    private readonly TokenTable tok = new(vocabulary, width);
    private readonly PositionTable pos = new(context, width);
    private readonly GptBlock[] blocks = Repeat(depth, _ => new GptBlock(width, heads, dropout));
    private readonly Layer ln_f = LayerNorm();
    private readonly Layer? drop = dropout > 0 ? Dropout(dropout) : null;

    /// <summary>Returns the scores (logits), f32[N,T,V], of the token after each step.</summary>
    /// <param name="tokens">i32[N,T], each below V; T is at most the context.</param>
    public Tensor Forward(Labels tokens)
    {
        var x = pos.Forward(tok.Forward(tokens));
        x = drop?.Invoke(x) ?? x;
        foreach (var block in blocks)
            x = block.Forward(x);
        return tok.Scores(ln_f(x));
    }
}
