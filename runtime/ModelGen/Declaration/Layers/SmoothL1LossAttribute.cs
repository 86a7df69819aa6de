namespace ModelGen;

/// <summary>Adds <see cref="Nn.SmoothL1Loss"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SmoothL1LossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the difference from which on the loss is linear.</summary>
    public float Beta { get; set; } = 1;

    /// <summary>Gets or sets the reduction: "mean", "sum" or "none".</summary>
    public string Reduction { get; set; } = "mean";
}
