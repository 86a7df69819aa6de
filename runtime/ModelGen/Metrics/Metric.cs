namespace ModelGen;

/// <summary>
/// Provides the base class of figures of a model's predictions that are computed batch by batch: <see cref="Trainer{TModel}.Metrics"/> has those that are
/// reported after each epoch.
/// </summary>
/// <remarks>
/// The static methods make the usual ones. A mean over the samples is a function: <c>Metric.Mean("within_1", (batch, output, sample) => …)</c>; anything else
/// derives from this class.
/// </remarks>
public abstract class Metric
{
    /// <summary>Initializes a new instance of the <see cref="Metric"/> class.</summary>
    /// <param name="name">Its name, as in <c>val_NAME</c>.</param>
    protected Metric(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the figure of the batches since <see cref="Start"/>; NaN where it is not defined.</summary>
    public abstract double Value { get; }

    /// <summary>Forgets all batches, and looks for what it needs among the inputs and outputs of a model.</summary>
    /// <param name="info">The model.</param>
    /// <exception cref="ArgumentException">The model has no labels, targets or outputs of the kind that is needed.</exception>
    public abstract void Start(ModelInfo info);

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">Inputs and targets.</param>
    /// <param name="output">f32[batch.Count, Info.OutputLength], row by row.</param>
    public abstract void Add(Batch batch, ReadOnlySpan<float> output);

    /// <summary>Makes the mean over the samples of a function.</summary>
    /// <param name="name">The name.</param>
    /// <param name="ofSample">The figure of one sample.</param>
    public static Metric Mean(string name, SampleMetric ofSample) => new MeanMetric(name, ofSample);

    /// <summary>Makes <c>accuracy</c>: the share of the labels whose score is the largest.</summary>
    public static Metric Accuracy() => new MatrixMetric("accuracy", matrix => matrix.Accuracy);

    /// <summary>Makes <c>top_k_accuracy</c>, with its number for k: the share of the labels whose score is among the k largest.</summary>
    /// <param name="k">At least 1.</param>
    public static Metric TopK(int k) => new TopKMetric(k);

    /// <summary>Makes <c>precision</c>: TP / (TP + FP) of a class, or its mean over the classes that were predicted.</summary>
    /// <param name="ofClass">The class; null for the mean.</param>
    public static Metric Precision(int? ofClass = null) => new MatrixMetric("precision", matrix => MatrixMetric.OverClasses(matrix, matrix.Precision, ofClass));

    /// <summary>Makes <c>recall</c>: TP / (TP + FN) of a class, or its mean over the classes that occur.</summary>
    /// <param name="ofClass">The class; null for the mean.</param>
    public static Metric Recall(int? ofClass = null) => new MatrixMetric("recall", matrix => MatrixMetric.OverClasses(matrix, matrix.Recall, ofClass));

    /// <summary>Makes <c>f1</c>: 2 TP / (2 TP + FP + FN) of a class, or its mean over the classes that occur, actual or predicted.</summary>
    /// <param name="ofClass">The class; null for the mean.</param>
    public static Metric F1(int? ofClass = null) => new MatrixMetric("f1", matrix => MatrixMetric.OverClasses(matrix, matrix.F1, ofClass));

    /// <summary>Makes <c>iou</c>: intersection over union, TP / (TP + FP + FN), of a class, or its mean over the classes that occur, actual or predicted (the
    /// mean IoU of segmentation, where each position has a label).</summary>
    /// <param name="ofClass">The class; null for the mean.</param>
    public static Metric IoU(int? ofClass = null) =>
        new MatrixMetric("iou", matrix => MatrixMetric.OverClasses(matrix, c => MatrixMetric.IoU(matrix, c), ofClass));

    /// <summary>
    /// Makes <c>log_loss</c>: the mean of −log softmax(scores)[label] in nats. It is the cross-entropy without weights and smoothing, where the output is
    /// logits.
    /// </summary>
    public static Metric LogLoss() => new LogLossMetric("log_loss", mean => mean);

    /// <summary>Makes <c>perplexity</c>: e to the power of <see cref="LogLoss"/>.</summary>
    public static Metric Perplexity() => new LogLossMetric("perplexity", Math.Exp);

    /// <summary>
    /// Makes <c>roc_auc</c>: the probability that a positive sample has a higher score than a negative one, ties counting half (the area under the ROC curve;
    /// Fawcett 2006). The samples are labels of two classes with logits, targets of 0 and 1 with one score each, or one class against all others.
    /// </summary>
    /// <param name="ofClass">The class that is positive among labels; the score is its softmax.</param>
    public static Metric RocAuc(int ofClass = 1) => new RankingMetric("roc_auc", Metrics.RocAuc, ofClass);

    /// <summary>
    /// Makes <c>pr_auc</c>: the average precision Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, which is the area under the curve of precision and recall without
    /// interpolation (scikit-learn's average_precision_score). The samples are as in <see cref="RocAuc"/>.
    /// </summary>
    /// <param name="ofClass">The class that is positive among labels.</param>
    public static Metric PrAuc(int ofClass = 1) => new RankingMetric("pr_auc", Metrics.AveragePrecision, ofClass);

    /// <summary>Makes <c>binary_accuracy</c>: the share of targets, 0 or 1, on whose side of a threshold the output lies.</summary>
    /// <param name="threshold">Outputs above it stand for 1: 0 for logits, 0.5 for probabilities.</param>
    public static Metric BinaryAccuracy(float threshold = 0f) => new TargetMetric(
        "binary_accuracy", sums => sums.Sum / sums.Count, (output, target) => output > threshold == target > 0.5f && !float.IsNaN(output) ? 1 : 0);

    /// <summary>Makes <c>mae</c>: the mean of |output − target| over all elements.</summary>
    public static Metric MeanAbsoluteError() => new TargetMetric("mae", sums => sums.Sum / sums.Count, (output, target) => Math.Abs((double)output - target));

    /// <summary>Makes <c>mse</c>: the mean of (output − target)² over all elements.</summary>
    public static Metric MeanSquaredError() => new TargetMetric("mse", sums => sums.Sum / sums.Count, TargetMetric.Square);

    /// <summary>Makes <c>rmse</c>: the root of the mean of (output − target)² over all elements.</summary>
    public static Metric RootMeanSquaredError() => new TargetMetric("rmse", sums => Math.Sqrt(sums.Sum / sums.Count), TargetMetric.Square);

    /// <summary>Makes <c>r2</c>: 1 − Σ (target − output)² / Σ (target − mean)² over all elements; NaN if all targets are equal.</summary>
    public static Metric RSquared() => new TargetMetric(
        "r2", sums => sums.Deviation > 0 ? 1 - sums.Sum / sums.Deviation : double.NaN, TargetMetric.Square);
}
