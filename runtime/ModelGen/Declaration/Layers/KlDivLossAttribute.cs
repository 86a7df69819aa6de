namespace ModelGen;

/// <summary><see cref="Nn.KlDivLoss"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class KlDivLossAttribute : LayerAttribute
{
    /// <summary>"mean", "sum", "none", or "batchmean": the sum over the number of samples.</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>Whether the target is log-probabilities too.</summary>
    public bool LogTarget { get; set; }
}
