namespace ModelGen;

/// <summary>Adds <see cref="Nn.L1Loss"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class L1LossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean", "sum" or "none".</summary>
    public string Reduction { get; set; } = "mean";
}
