using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Represents a language model that scores the next token at each step from a recurrent state: table, stacked LSTM, scores (A. Graves, "Generating sequences
/// with recurrent neural networks", 2013). Parameters have names as <c>rnn.weight_ih_l0</c>.
/// </summary>
/// <param name="vocabulary">V, the number of tokens.</param>
/// <param name="width">The features of a token.</param>
/// <param name="hidden">The size of the state.</param>
/// <param name="layers">How many LSTMs are stacked.</param>
/// <param name="dropout">The probability of zero before, between and after them.</param>
[Module]
public sealed partial class LstmLanguageModel(int vocabulary, int width, int hidden, int layers = 1, float dropout = 0)
{
    private readonly EmbeddingLayer encoder = Embedding(vocabulary, width);
    private readonly LstmLayer rnn = Lstm(hidden, layers, dropout: dropout);
    private readonly Layer decoder = Linear(vocabulary);
    private readonly Layer? drop = dropout > 0 ? Dropout(dropout) : null;

    /// <summary>Returns the scores (logits), f32[N,T,V], of the token after each step; the state is zero before the first.</summary>
    /// <param name="tokens">i32[N,T], each below V.</param>
    public Tensor Forward(Labels tokens)
    {
        var x = encoder(tokens);
        var states = rnn(drop?.Invoke(x) ?? x).Output;
        return decoder(drop?.Invoke(states) ?? states);
    }
}
