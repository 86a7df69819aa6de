namespace ModelGen;

public static partial class Nn
{
    /// <summary>The mean over the labels of log Σ e^logits − logits[label], in nats.</summary>
    /// <param name="logits">f32[N,Classes] (or with more axes; the class axis comes after the batch axis).</param>
    /// <param name="labels">One class index for each sample or position.</param>
    public static Tensor CrossEntropy(Tensor logits, Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Tensor.Record("CrossEntropy", null, [logits, labels.Node]);
    }

    /// <summary>The mean over all elements of (x − target)².</summary>
    public static Tensor MseLoss(Tensor x, Tensor target) => Tensor.Record("MseLoss", null, [x, target]);

    /// <summary>The mean over all elements of max(x, 0) − x·target + log(1 + e^−|x|), in nats: binary cross-entropy of sigmoid(x).</summary>
    /// <param name="logits">x, before the sigmoid.</param>
    /// <param name="target">The probability of "yes", in [0, 1]; the shape of the logits.</param>
    public static Tensor BceWithLogits(Tensor logits, Tensor target) => Tensor.Record("BceWithLogits", null, [logits, target]);
}
