// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes the mean over the labels of log Σ e^logits − logits[label], in nats.</summary>
    /// <param name="logits">F32[N,Classes], or with more axes, of which <paramref name="classAxis"/> is the classes.</param>
    /// <param name="labels">One class index for each sample or position.</param>
    /// <param name="weight">A weight for each class; the mean divides by the sum of the labels' weights.</param>
    /// <param name="labelSmoothing">s, by which the target becomes (1 − s) for the label and s/Classes for every class.</param>
    /// <param name="ignoreIndex">A label that counts in neither sum nor mean.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="classAxis">The axis of the classes; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logits"/> or <paramref name="labels"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over labels of log Σ e^logits - logits[label], in nats</c>. Shapes: [N, C, …], labels [N, …] → []. Source: softmax cross-entropy. As
    /// many classes as the class axis is long. Labels have the shape of the logits without the class axis. Smoothing s: target (1 - s)·onehot + s/C. With class
    /// weights the mean divides by the sum of the labels' weights. ignoreIndex: in neither sum nor count.
    /// </remarks>
    public static Tensor CrossEntropy(Tensor logits, Labels labels, float[]? weight = null, float labelSmoothing = 0, int? ignoreIndex = null,
        string reduction = "mean", int classAxis = 1)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Tensor.Record("CrossEntropy", null, [logits, labels.Node], ("weight", weight), ("labelSmoothing", labelSmoothing), ("ignoreIndex", ignoreIndex),
            ("reduction", reduction), ("classAxis", classAxis));
    }

    /// <summary>Computes the mean over samples of Σ w·target·(log Σ e^logits − logits), where the target is a distribution over the classes.</summary>
    /// <param name="logits">F32[N,C,…].</param>
    /// <param name="target">Of the shape of the logits.</param>
    /// <param name="labelSmoothing">s, by which the target becomes (1 − s)·target + s/C.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="classAxis">The axis of the classes; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="weight">w, a weight for each class; it does not change what the mean divides by.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logits"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over samples of Σ w·target·(log Σ e^logits - logits), in nats</c>. Shapes: [N, C, …], [N, C, …] → []. Source: softmax cross-entropy.
    /// Both shapes agree. The target is a distribution over the class axis. Smoothing s: (1 - s)·target + s/C. Class weights w do not change what the mean
    /// divides by.
    /// </remarks>
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor target, float labelSmoothing = 0, string reduction = "mean", int classAxis = 1,
        float[]? weight = null) =>
        Tensor.Record("SoftCrossEntropy", null, [logits, target], ("labelSmoothing", labelSmoothing), ("reduction", reduction), ("classAxis", classAxis),
            ("weight", weight));

    /// <summary>Computes the mean of −x[label] for log-probabilities x, f32[N,C,…].</summary>
    /// <param name="x">The log-probabilities.</param>
    /// <param name="labels">One class index for each sample or position.</param>
    /// <param name="weight">A weight for each class; the mean divides by the sum of the labels' weights.</param>
    /// <param name="ignoreIndex">A label that counts in neither sum nor mean.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="classAxis">The axis of the classes; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="labels"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over labels of -x[label]; x: log-probabilities</c>. Shapes: [N, C, …], labels [N, …] → []. Source: negative log-likelihood, in nats. As
    /// many classes as the class axis is long. Labels have the shape of x without the class axis. With class weights the mean divides by the sum of the labels'
    /// weights.
    /// </remarks>
    public static Tensor NllLoss(Tensor x, Labels labels, float[]? weight = null, int? ignoreIndex = null, string reduction = "mean", int classAxis = 1)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Tensor.Record("NllLoss", null, [x, labels.Node], ("weight", weight), ("ignoreIndex", ignoreIndex), ("reduction", reduction),
            ("classAxis", classAxis));
    }

    /// <summary>Computes the mean over all elements of (x − target)².</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>Formula: <c>mean (x - target)²</c>. Shapes: [N, …], [N, …] → []. Source: least squares. Both shapes agree.</remarks>
    public static Tensor MseLoss(Tensor x, Tensor target, string reduction = "mean") => Tensor.Record("MseLoss", null, [x, target], ("reduction", reduction));

    /// <summary>Computes the mean of |x − target|.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean |x - target|</c>. Shapes: [N, …], [N, …] → []. Source: least absolute deviations. Both shapes agree. Derivative 0 where they are equal.
    /// </remarks>
    public static Tensor L1Loss(Tensor x, Tensor target, string reduction = "mean") => Tensor.Record("L1Loss", null, [x, target], ("reduction", reduction));

    /// <summary>Computes, with d = x − target, the mean of d²/2 where |d| ≤ delta, else delta·(|d| − delta/2).</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="delta">The difference from which on the loss is linear.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean of |d| ≤ delta ? d² / 2 : delta · (|d| - delta / 2), d = x - target</c>. Shapes: [N, …], [N, …] → []. Source: Huber 1964. Both shapes
    /// agree.
    /// </remarks>
    public static Tensor HuberLoss(Tensor x, Tensor target, string reduction = "mean", float delta = 1) =>
        Tensor.Record("HuberLoss", null, [x, target], ("reduction", reduction), ("delta", delta));

    /// <summary>Computes, with d = x − target, the mean of d²/(2·beta) where |d| &lt; beta, else |d| − beta/2.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="beta">The difference from which on the loss is linear.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean of |d| &lt; beta ? d² / (2 · beta) : |d| - beta / 2, d = x - target</c>. Shapes: [N, …], [N, …] → []. Source: Girshick 2015, eq. 3.
    /// Both shapes agree.
    /// </remarks>
    public static Tensor SmoothL1Loss(Tensor x, Tensor target, string reduction = "mean", float beta = 1) =>
        Tensor.Record("SmoothL1Loss", null, [x, target], ("reduction", reduction), ("beta", beta));

    /// <summary>
    /// Computes the binary cross-entropy of sigmoid(x), in nats: the mean over all elements of w·(max(x, 0) − x·target + log(1 + e^−|x|)). With
    /// <paramref name="posWeight"/> p: w·((1 − target)·x + (1 + (p − 1)·target)·log(1 + e^−x)).
    /// </summary>
    /// <param name="logits">x, before the sigmoid.</param>
    /// <param name="target">The probability of "yes", in [0, 1]; the shape of the logits.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none"; the mean divides by the number of elements, whatever the weights.</param>
    /// <param name="weight">w, the weight of each term: one number, or one for each place of <paramref name="classAxis"/>.</param>
    /// <param name="posWeight">p, what a "yes" weighs against a "no": one number, or one for each place of <paramref name="classAxis"/>.</param>
    /// <param name="classAxis">The axis along which weights run; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logits"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean w·((1 - target)·log(1 + e^x) + p·target·log(1 + e^-x)), where p is posWeight or 1</c>. Shapes: [N, …], [N, …] → []. Source: binary
    /// cross-entropy of sigmoid(x), in nats. Both shapes agree. Computed with log(1 + e^x) = max(x, 0) + log(1 + e^-|x|): no overflow. Terms that are all of
    /// one sign: an answer that is right and sure keeps the digits of its small loss, and of its derivative w·((1 - target)·sigmoid(x) - p·target·sigmoid(-x)).
    /// Weights are 1 number, or one for each place of classAxis. The mean divides by the number of elements, whatever the weights.
    /// </remarks>
    public static Tensor BceWithLogits(Tensor logits, Tensor target, string reduction = "mean", float[]? weight = null, float[]? posWeight = null,
        int classAxis = -1) =>
        Tensor.Record("BceWithLogits", null, [logits, target], ("reduction", reduction), ("weight", weight), ("posWeight", posWeight),
            ("classAxis", classAxis));

    /// <summary>
    /// Computes the mean of −w·(target·log x + (1 − target)·log(1 − x)) for probabilities x. <see cref="BceWithLogits"/> keeps more precision.
    /// </summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none"; the mean divides by the number of elements, whatever the weights.</param>
    /// <param name="weight">w, the weight of each term: one number, or one for each place of <paramref name="classAxis"/>.</param>
    /// <param name="classAxis">The axis along which weights run; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean -w·(target · log x + (1 - target) · log(1 - x))</c>. Shapes: [N, …], [N, …] → []. Source: binary cross-entropy of probabilities, in
    /// nats. Both shapes agree. x in [0, 1]; logarithms are cut at -100. Derivative w·(x - target) / max(x·(1 - x), 1e-12), as PyTorch's. Weights are 1 number,
    /// or one for each place of classAxis. The mean divides by the number of elements, whatever the weights.
    /// </remarks>
    public static Tensor BceLoss(Tensor x, Tensor target, string reduction = "mean", float[]? weight = null, int classAxis = -1) =>
        Tensor.Record("BceLoss", null, [x, target], ("reduction", reduction), ("weight", weight), ("classAxis", classAxis));

    /// <summary>Computes the mean of target·(log target − x) for log-probabilities x.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none", or "batchmean": the sum over the number of samples.</param>
    /// <param name="logTarget">Whether the target consists of log-probabilities too: e^target·(target − x).</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean target · (log target - x)</c>. Shapes: [N, …], [N, …] → []. Source: Kullback and Leibler 1951; x: log-probabilities. Both shapes agree.
    /// With logTarget the target is log-probabilities too. Reduction "batchmean" divides the sum by the samples: the divergence itself.
    /// </remarks>
    public static Tensor KlDivLoss(Tensor x, Tensor target, string reduction = "mean", bool logTarget = false) =>
        Tensor.Record("KlDivLoss", null, [x, target], ("reduction", reduction), ("logTarget", logTarget));
}
