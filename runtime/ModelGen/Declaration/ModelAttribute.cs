namespace ModelGen;

/// <summary>Marks a partial class as a network: the compiler checks it, differentiates it and completes the class with the finished code.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>Whether the class also gets <see cref="IJvpModel.Jvp"/>: derivatives along a direction, by forward mode.</summary>
    public bool Jvp { get; set; }

    /// <summary>
    /// Whether the class also gets <see cref="IGradientCheckModel.GradientCheck"/>: its gradients against differences of the loss in double
    /// precision. The loss is then generated once more, as plain loops.
    /// </summary>
    public bool GradientCheck { get; set; }

    /// <summary>
    /// Whether training computes what evaluation does: dropout passes everything, and batch norms use their running statistics and leave
    /// them alone. For fine-tuning with frozen statistics.
    /// </summary>
    public bool InEvaluationMode { get; set; }

    /// <summary>How convolutions are computed: as fast as can be, unless set.</summary>
    public Winograd Winograd { get; set; }
}
