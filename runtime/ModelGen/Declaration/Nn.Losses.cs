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
    public static Tensor CrossEntropy(Tensor logits, Labels labels, float[]? weight = null, double labelSmoothing = 0, int? ignoreIndex = null,
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
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor target, double labelSmoothing = 0, string reduction = "mean", int classAxis = 1,
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
    public static Tensor HuberLoss(Tensor x, Tensor target, string reduction = "mean", double delta = 1) =>
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
    public static Tensor SmoothL1Loss(Tensor x, Tensor target, string reduction = "mean", double beta = 1) =>
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

    /// <summary>Computes the mean of e^x − target · x: the negative log-likelihood of counts whose rate is e^x.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="logInput">Whether x is the logarithm of the rate; otherwise it is the rate, and the loss x − target·log(x + eps).</param>
    /// <param name="full">Whether the term that does not depend on x is added, by Stirling's approximation.</param>
    /// <param name="eps">What is added to the rate inside the logarithm.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean e^x - target · x (+ Stirling's approximation of log target! where target &gt; 1, with full)</c>. Shapes: [N, …], [N, …] → []. Source:
    /// PyTorch's PoissonNLLLoss.
    /// </remarks>
    public static Tensor PoissonNllLoss(Tensor x, Tensor target, string reduction = "mean", bool logInput = true, bool full = false, double eps = 1e-8) =>
        Tensor.Record("PoissonNllLoss", null, [x, target], ("reduction", reduction), ("logInput", logInput), ("full", full), ("eps", eps));

    /// <summary>Computes the mean of (log var + (x − target)² / var) / 2: the negative log-likelihood of a normal distribution with mean x.</summary>
    /// <param name="x">The means.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="var">The variances, above 0.</param>
    /// <param name="full">Whether the constant log 2π / 2 is added.</param>
    /// <param name="eps">The least variance.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/>, <paramref name="target"/> or <paramref name="var"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean (log max(var, eps) + (x - target)² / max(var, eps)) / 2</c>. Shapes: [N, …], [N, …], broadcasts → []. Source: Nix and Weigend 1994;
    /// PyTorch's GaussianNLLLoss. x and target agree; var broadcasts to them. With full, log 2π / 2 is added. The bound on var is a constant to
    /// differentiation.
    /// </remarks>
    public static Tensor GaussianNllLoss(Tensor x, Tensor target, Tensor var, bool full = false, double eps = 1e-6, string reduction = "mean") =>
        Tensor.Record("GaussianNllLoss", null, [x, target, var], ("full", full), ("eps", eps), ("reduction", reduction));

    /// <summary>
    /// Computes the mean of max(0, −target · (x − y) + margin): the first should be the greater where the target is 1, the second where it is −1.
    /// </summary>
    /// <param name="x">One score.</param>
    /// <param name="y">The other score.</param>
    /// <param name="target">1 where x should be the greater, −1 where y should.</param>
    /// <param name="margin">By how much it should be greater.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/>, <paramref name="y"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean max(0, -target·(x - y) + margin)</c>. Shapes: [N, …], [N, …], [N, …] → []. Source: PyTorch's MarginRankingLoss. Shapes agree. Targets
    /// are 1 and -1.
    /// </remarks>
    public static Tensor MarginRankingLoss(Tensor x, Tensor y, Tensor target, double margin = 0, string reduction = "mean") =>
        Tensor.Record("MarginRankingLoss", null, [x, y, target], ("margin", margin), ("reduction", reduction));

    /// <summary>Computes the mean of x where the target is 1 and of max(0, margin − x) where it is −1: for distances of pairs.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="margin">The distance that pairs apart should have.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean (target = 1 ? x : max(0, margin - x))</c>. Shapes: [N, …], [N, …] → []. Source: PyTorch's HingeEmbeddingLoss. Targets are 1 and -1.
    /// </remarks>
    public static Tensor HingeEmbeddingLoss(Tensor x, Tensor target, string reduction = "mean", double margin = 1) =>
        Tensor.Record("HingeEmbeddingLoss", null, [x, target], ("reduction", reduction), ("margin", margin));

    /// <summary>Computes the mean of log(1 + e^(−target·x)) for targets of 1 and −1.</summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean log(1 + e^(-target·x))</c>. Shapes: [N, …], [N, …] → []. Source: logistic loss; PyTorch's SoftMarginLoss. Targets are 1 and -1.
    /// Computed without overflow.
    /// </remarks>
    public static Tensor SoftMarginLoss(Tensor x, Tensor target, string reduction = "mean") =>
        Tensor.Record("SoftMarginLoss", null, [x, target], ("reduction", reduction));

    /// <summary>Computes the mean over samples of Σ max(0, margin − x[label] + x[i])^p / C over the other classes i.</summary>
    /// <param name="x">The scores, f32[N,C].</param>
    /// <param name="labels">One class index for each sample.</param>
    /// <param name="p">The exponent, 1 or 2.</param>
    /// <param name="margin">By how much the right class should be ahead.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="labels"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean Σ_{i ≠ label} max(0, margin - x[label] + x[i])^p / C</c>. Shapes: [N, C], labels [N] → []. Source: Crammer and Singer 2001; PyTorch's
    /// MultiMarginLoss. p is 1 or 2. As many classes as scores.
    /// </remarks>
    public static Tensor MultiMarginLoss(Tensor x, Labels labels, int p = 1, double margin = 1, string reduction = "mean")
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Tensor.Record("MultiMarginLoss", null, [x, labels.Node], ("p", p), ("margin", margin), ("reduction", reduction));
    }

    /// <summary>Computes the binary cross-entropy of sigmoid(x) for each class, averaged over the classes of each sample.</summary>
    /// <param name="x">The logits, f32[N,C].</param>
    /// <param name="target">1 for each class that holds, else 0.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over samples and classes of target·log(1 + e^-x) + (1 - target)·log(1 + e^x)</c>. Shapes: [N, C], [N, C] → []. Source: PyTorch's
    /// MultiLabelSoftMarginLoss. Shapes agree. Without a reduction one number for each sample.
    /// </remarks>
    public static Tensor MultiLabelSoftMarginLoss(Tensor x, Tensor target, string reduction = "mean") =>
        Tensor.Record("MultiLabelSoftMarginLoss", null, [x, target], ("reduction", reduction));

    /// <summary>Computes the mean of 1 − cos(x, y) where the target is 1 and of max(0, cos(x, y) − margin) where it is −1.</summary>
    /// <param name="x">One vector of each sample, f32[N,D].</param>
    /// <param name="y">The other vector, f32[N,D].</param>
    /// <param name="target">1 for pairs that belong together, −1 for others; f32[N] or f32[N,1].</param>
    /// <param name="margin">The cosine that others may have.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/>, <paramref name="y"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean (target = 1 ? 1 - cos : max(0, cos - margin))</c>. Shapes: [N, D], [N, D], [N] → []. Source: PyTorch's CosineEmbeddingLoss. Targets are
    /// 1 and -1, one for each sample: [N], or [N, 1].
    /// </remarks>
    public static Tensor CosineEmbeddingLoss(Tensor x, Tensor y, Tensor target, double margin = 0, string reduction = "mean") =>
        Tensor.Record("CosineEmbeddingLoss", null, [x, y, target], ("margin", margin), ("reduction", reduction));

    /// <summary>
    /// Computes the mean of max(0, d(anchor, positive) − d(anchor, negative) + margin): the positive should lie nearer to the anchor than the negative.
    /// </summary>
    /// <param name="anchor">F32[N,D].</param>
    /// <param name="positive">What belongs to the anchor, f32[N,D].</param>
    /// <param name="negative">What does not, f32[N,D].</param>
    /// <param name="margin">By how much it should be nearer.</param>
    /// <param name="p">The exponent of the distance, at least 1.</param>
    /// <param name="eps">What is added to each difference.</param>
    /// <param name="swap">Whether the negative's distance is the smaller of those from anchor and positive.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="anchor"/>, <paramref name="positive"/> or <paramref name="negative"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean max(0, d(a, p) - d(a, n) + margin), d(x, y) = (Σ |x - y + eps|^p)^(1/p)</c>. Shapes: [N, D], [N, D], [N, D] → []. Source: Balntas et
    /// al. 2016; PyTorch's TripletMarginLoss. Shapes agree. With swap the negative's distance is the smaller of those from anchor and positive.
    /// </remarks>
    public static Tensor TripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative, double margin = 1, double p = 2, double eps = 1e-6,
        bool swap = false, string reduction = "mean") =>
        Tensor.Record("TripletMarginLoss", null, [anchor, positive, negative], ("margin", margin), ("p", p), ("eps", eps), ("swap", swap),
            ("reduction", reduction));

    /// <summary>
    /// Computes the focal loss of logits x: the cross-entropy of sigmoid(x), weighed by (1 − p)^gamma where p is the probability of the right answer.
    /// </summary>
    /// <param name="x">What is compared.</param>
    /// <param name="target">Of the shape of x.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <param name="alpha">The weight of "yes", 1 − alpha that of "no"; negative: none.</param>
    /// <param name="gamma">γ, by how much easy answers count less; at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean α_t·(1 - p_t)^γ·BCE(x, target)</c>. Shapes: [N, …], [N, …] → []. Source: Lin et al. 2017, eq. 5; torchvision's sigmoid_focal_loss. p_t
    /// is the probability of the target. A negative alpha weighs both answers alike.
    /// </remarks>
    public static Tensor SigmoidFocalLoss(Tensor x, Tensor target, string reduction = "mean", double alpha = 0.25, double gamma = 2) =>
        Tensor.Record("SigmoidFocalLoss", null, [x, target], ("reduction", reduction), ("alpha", alpha), ("gamma", gamma));

    /// <summary>Computes 1 − 2·Σ x·target / (Σ x + Σ target) over all but the batch axis, averaged over samples: the overlap of two sets.</summary>
    /// <param name="x">The probabilities.</param>
    /// <param name="target">The set, of the shape of x.</param>
    /// <param name="smooth">What is added above and below, so that two empty sets agree.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none".</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over samples of 1 - (2·Σ x·target + smooth) / (Σ x + Σ target + smooth)</c>. Shapes: [N, …], [N, …] → []. Source: Milletari et al.
    /// 2016. x are probabilities. Shapes agree.
    /// </remarks>
    public static Tensor DiceLoss(Tensor x, Tensor target, double smooth = 1, string reduction = "mean") =>
        Tensor.Record("DiceLoss", null, [x, target], ("smooth", smooth), ("reduction", reduction));

    /// <summary>
    /// Computes the negative log-likelihood of label sequences over all alignments with a longer sequence of log-probabilities, blanks between them left out.
    /// </summary>
    /// <param name="x">The log-probabilities, f32[N,T,C].</param>
    /// <param name="targets">The labels, i32[N,S]; those beyond targetLengths do not count.</param>
    /// <param name="inputLengths">How many steps of x count, i32[N]; all where null.</param>
    /// <param name="targetLengths">How many targets count, i32[N]; all where null.</param>
    /// <param name="blank">The class of the blank.</param>
    /// <param name="zeroInfinity">Whether a sample without an alignment counts as 0.</param>
    /// <param name="reduction">The reduction: "mean", "sum" or "none"; the mean divides each loss by the number of its targets.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="targets"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>-log Σ over alignments of Π_t p[t, path_t]</c>. Shapes: x [N, T, C], targets [N, S] → []. Source: Graves et al. 2006, eqs. 6 to 8. x are
    /// log-probabilities, batch first. The mean divides each sample's loss by the length of its targets, as PyTorch's. A sample whose targets need more steps
    /// than it has counts as 1e30, or as 0 with zeroInfinity.
    /// </remarks>
    public static Tensor CtcLoss(Tensor x, Labels targets, Labels? inputLengths = null, Labels? targetLengths = null, int blank = 0, bool zeroInfinity = false,
        string reduction = "mean")
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Tensor.Record("CtcLoss", null, [.. new Tensor?[] { x, targets.Node, inputLengths?.Node, targetLengths?.Node }.OfType<Tensor>()],
            ("blank", blank), ("zeroInfinity", zeroInfinity), ("reduction", reduction));
    }
}
