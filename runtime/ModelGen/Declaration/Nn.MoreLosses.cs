namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes the mean of |x − target|.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">"mean", "sum" or "none".</param>
    public static Tensor L1Loss(Tensor x, Tensor target, string reduction = "mean") => Tensor.Record("L1Loss", null, [x, target], ("reduction", reduction));

    /// <summary>Computes, with d = x − target, the mean of d²/2 where |d| ≤ delta, else delta·(|d| − delta/2).</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">"mean", "sum" or "none".</param>
    /// <param name="delta">From here on the loss is linear.</param>
    public static Tensor HuberLoss(Tensor x, Tensor target, string reduction = "mean", float delta = 1) =>
        Tensor.Record("HuberLoss", null, [x, target], ("reduction", reduction), ("delta", delta));

    /// <summary>Computes, with d = x − target, the mean of d²/(2·beta) where |d| &lt; beta, else |d| − beta/2.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">"mean", "sum" or "none".</param>
    /// <param name="beta">From here on the loss is linear.</param>
    public static Tensor SmoothL1Loss(Tensor x, Tensor target, string reduction = "mean", float beta = 1) =>
        Tensor.Record("SmoothL1Loss", null, [x, target], ("reduction", reduction), ("beta", beta));

    /// <summary>
    /// Computes the mean of −w·(target·log x + (1 − target)·log(1 − x)) for probabilities x. <see cref="BceWithLogits"/> keeps more precision.
    /// </summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">"mean", "sum" or "none". The mean divides by the number of elements, whatever the weights.</param>
    /// <param name="weight">w: one number, or one for each place of <paramref name="classAxis"/>.</param>
    /// <param name="classAxis">The axis along which weights run; the batch axis counts as 0, negative counts from the last.</param>
    public static Tensor BceLoss(Tensor x, Tensor target, string reduction = "mean", float[]? weight = null, int classAxis = -1) =>
        Tensor.Record("BceLoss", null, [x, target], ("reduction", reduction), ("weight", weight), ("classAxis", classAxis));

    /// <summary>Computes the mean of target·(log target − x) for log-probabilities x.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">"mean", "sum", "none", or "batchmean": the sum over the number of samples.</param>
    /// <param name="logTarget">Whether the target is log-probabilities too: e^target·(target − x).</param>
    public static Tensor KlDivLoss(Tensor x, Tensor target, string reduction = "mean", bool logTarget = false) =>
        Tensor.Record("KlDivLoss", null, [x, target], ("reduction", reduction), ("logTarget", logTarget));

    /// <summary>Computes the mean of −x[label] for log-probabilities x, f32[N,C,…].</summary>
    /// <param name="x">Log-probabilities.</param>
    /// <param name="labels">One class index for each sample or position.</param>
    /// <param name="weight">A weight for each class; the mean divides by the sum of the labels' weights.</param>
    /// <param name="ignoreIndex">A label that counts in neither sum nor mean.</param>
    /// <param name="reduction">"mean", "sum" or "none".</param>
    /// <param name="classAxis">The axis of the classes.</param>
    public static Tensor NllLoss(Tensor x, Labels labels, float[]? weight = null, int? ignoreIndex = null, string reduction = "mean", int classAxis = 1) =>
        Tensor.Record("NllLoss", null, [x, labels.Node], ("weight", weight), ("ignoreIndex", ignoreIndex), ("reduction", reduction), ("classAxis", classAxis));

    /// <summary>Computes the mean over samples of Σ w·target·(log Σ e^logits − logits), where the target is a distribution over the classes.</summary>
    /// <param name="logits">f32[N,C,…].</param>
    /// <param name="target">Of the shape of the logits.</param>
    /// <param name="labelSmoothing">s: the target becomes (1 − s)·target + s/C.</param>
    /// <param name="reduction">"mean", "sum" or "none".</param>
    /// <param name="classAxis">The axis of the classes.</param>
    /// <param name="weight">w: a weight for each class; it does not change what the mean divides by.</param>
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor target, float labelSmoothing = 0, string reduction = "mean", int classAxis = 1,
        float[]? weight = null) =>
        Tensor.Record(
            "SoftCrossEntropy", null, [logits, target],
            ("labelSmoothing", labelSmoothing), ("reduction", reduction), ("classAxis", classAxis), ("weight", weight));
}
