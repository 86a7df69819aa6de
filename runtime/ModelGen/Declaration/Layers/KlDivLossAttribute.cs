namespace ModelGen;

/// <summary>Adds <see cref="Nn.KlDivLoss"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class KlDivLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean", "sum", "none", or "batchmean", which is the sum over the number of samples.</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>Gets or sets a value indicating whether the target consists of log-probabilities too.</summary>
    public bool LogTarget { get; set; }
}
