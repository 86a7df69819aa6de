namespace ModelGen;

/// <summary>Marks a partial class as a network: the compiler checks it, differentiates it and completes the class with the finished code.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>
    /// Gets or sets a value indicating whether the class also gets <see cref="IJvpModel.Jvp"/>: derivatives along a direction, by forward mode.
    /// </summary>
    public bool Jvp { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the class also gets <see cref="IGradientCheckModel.GradientCheck"/>, which compares its gradients with
    /// differences of the loss in double precision. The loss is then generated once more, as plain loops.
    /// </summary>
    public bool GradientCheck { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether training computes what evaluation does: dropout passes everything, and batch norms use their running statistics
    /// and do not change them. It is meant for fine-tuning with frozen statistics.
    /// </summary>
    public bool InEvaluationMode { get; set; }

    /// <summary>Gets or sets how convolutions are computed; the default is the fastest way.</summary>
    public Winograd Winograd { get; set; }

    /// <summary>In what precision a GPU multiplies in large products: in FP32, unless set.</summary>
    public GpuMath GpuMath { get; set; }
}
