namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes the mean over the labels of log Σ e^logits − logits[label], in nats.</summary>
    /// <param name="logits">f32[N,Classes], or with more axes, of which <paramref name="classAxis"/> is the classes.</param>
    /// <param name="labels">One class index for each sample or position.</param>
    /// <param name="weight">A weight for each class; the mean divides by the sum of the labels' weights.</param>
    /// <param name="labelSmoothing">s: the target becomes (1 − s) for the label and s/Classes for every class.</param>
    /// <param name="ignoreIndex">A label that counts in neither sum nor mean.</param>
    /// <param name="reduction">"mean", "sum" or "none".</param>
    /// <param name="classAxis">The axis of the classes; the batch axis counts as 0, negative counts from the last.</param>
    public static Tensor CrossEntropy(
        Tensor logits, Labels labels, float[]? weight = null, float labelSmoothing = 0, int? ignoreIndex = null, string reduction = "mean", int classAxis = 1)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Tensor.Record(
            "CrossEntropy", null, [logits, labels.Node],
            ("weight", weight), ("labelSmoothing", labelSmoothing), ("ignoreIndex", ignoreIndex), ("reduction", reduction), ("classAxis", classAxis));
    }

    /// <summary>Computes the mean over all elements of (x − target)².</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">"mean", "sum" or "none".</param>
    public static Tensor MseLoss(Tensor x, Tensor target, string reduction = "mean") => Tensor.Record("MseLoss", null, [x, target], ("reduction", reduction));

    /// <summary>
    /// Computes the binary cross-entropy of sigmoid(x), in nats: the mean over all elements of w·(max(x, 0) − x·target + log(1 + e^−|x|)). With
    /// <paramref name="posWeight"/> p: w·((1 − target)·x + (1 + (p − 1)·target)·log(1 + e^−x)).
    /// </summary>
    /// <param name="logits">x, before the sigmoid.</param>
    /// <param name="target">The probability of "yes", in [0, 1]; the shape of the logits.</param>
    /// <param name="reduction">"mean", "sum" or "none". The mean divides by the number of elements, whatever the weights.</param>
    /// <param name="weight">w: one number, or one for each place of <paramref name="classAxis"/>.</param>
    /// <param name="posWeight">p: what a "yes" weighs against a "no"; one number, or one for each place of <paramref name="classAxis"/>.</param>
    /// <param name="classAxis">The axis along which weights run; the batch axis counts as 0, negative counts from the last.</param>
    public static Tensor BceWithLogits(Tensor logits, Tensor target, string reduction = "mean", float[]? weight = null, float[]? posWeight = null,
        int classAxis = -1) =>
        Tensor.Record("BceWithLogits", null, [logits, target], ("reduction", reduction), ("weight", weight), ("posWeight", posWeight),
            ("classAxis", classAxis));
}
