namespace ModelGen;

/// <summary>Adds <see cref="Nn.HuberLoss"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HuberLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the difference from which on the loss is linear.</summary>
    public float Delta { get; set; } = 1;

    /// <summary>Gets or sets the reduction: "mean", "sum" or "none".</summary>
    public string Reduction { get; set; } = "mean";
}
