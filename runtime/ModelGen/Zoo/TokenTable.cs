using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Represents a table of vectors, one for each token, that serves at both ends of a language model (O. Press and L. Wolf, "Using the output embedding to
/// improve language models", 2017).
/// </summary>
/// <param name="count">V, the number of tokens.</param>
/// <param name="width">E, the length of a vector.</param>
[Module]
public sealed partial class TokenTable(int count, int width)
{
    // Starts small, uniform in ±1/√E: with scores x·weightᵀ of normalised x of the size of 1.
    private readonly Tensor weight = Parameter(count, width);

    /// <summary>Returns the vectors of tokens: i32[N,T] → f32[N,T,E].</summary>
    /// <param name="tokens">Each below V.</param>
    public Tensor Forward(Labels tokens) => Take(weight, tokens);

    /// <summary>Returns how much a vector is like that of each token: f32[N,T,E] → f32[N,T,V].</summary>
    /// <param name="x">The vectors.</param>
    public Tensor Scores(Tensor x) => MatMul(x, Transpose(weight));
}
