namespace ModelGen.Benchmarks.Models;

/// <summary>Case G: an LSTM of 128 units over 64 of 65 characters.</summary>
[Model]
public partial class CharLstm
{
    readonly EmbeddingLayer te = Embedding(65, 128);
    readonly LstmLayer r = Lstm(128);
    readonly Layer hd = Linear(65);

    /// <summary>The logits of the next character at each position: f32[N,64,65].</summary>
    public Tensor Forward([Classes(65, Shape = [64])] Labels text)
    {
        var (output, _, _) = r(te(text));
        return hd(output);
    }

    /// <summary>Cross-entropy in nats, the mean over positions.</summary>
    public Tensor Loss(Tensor logits, [Classes(65, Shape = [64])] Labels next) => CrossEntropy(logits, next, classAxis: -1);
}
