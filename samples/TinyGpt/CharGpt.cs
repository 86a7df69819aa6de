using ModelGen.Zoo;

namespace TinyGpt;

/// <summary>A transformer that scores the next character at each of 64 places; its parts come from ModelGen's zoo.</summary>
[Model]
public partial class CharGpt
{
    /// <summary>How many characters it sees.</summary>
    public const int Context = 64;

    readonly Gpt _ = new(Vocabulary.Size, Context, width: 128, heads: 4, depth: 4);

    /// <summary>The scores (logits) f32[N,64,97] of the character after each place.</summary>
    public Tensor Forward([Classes(Vocabulary.Size, Shape = new[] { Context })] Labels characters) => _.Forward(characters);

    /// <summary>Cross-entropy in nats a character.</summary>
    public Tensor Loss(Tensor logits, [Classes(Vocabulary.Size, Shape = new[] { Context })] Labels next) => CrossEntropy(logits, next, classAxis: -1);
}
