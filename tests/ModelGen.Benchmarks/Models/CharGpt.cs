namespace ModelGen.Benchmarks.Models;

/// <summary>Case F: a GPT over 65 characters, 4 blocks of width 128 with 4 heads, context 64.</summary>
[Model]
public partial class CharGpt
{
    readonly EmbeddingLayer te = Embedding(65, 128);
    readonly Tensor pe = Parameter(64, 128);
    readonly GptBlock[] bl = Repeat(4, _ => new GptBlock(128, 4));
    readonly Layer nf = LayerNorm(), hd = Linear(65, bias: false);

    /// <summary>The logits of the next character at each position: f32[N,64,65].</summary>
    public Tensor Forward([Classes(65, Shape = [64])] Labels text)
    {
        var x = te(text) + pe;
        foreach (var block in bl)
            x = block.Forward(x);
        return hd(nf(x));
    }

    /// <summary>Cross-entropy in nats, the mean over positions.</summary>
    public Tensor Loss(Tensor logits, [Classes(65, Shape = [64])] Labels next) => CrossEntropy(logits, next, classAxis: -1);
}
