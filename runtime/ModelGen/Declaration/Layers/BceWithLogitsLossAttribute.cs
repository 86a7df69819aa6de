namespace ModelGen;

/// <summary>Adds <see cref="Nn.BceWithLogits"/> as the loss of a network in class form; the target has the shape of the output.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BceWithLogitsLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean" or "sum".</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>Gets or sets the weight of each term: one number, or one for each place of <see cref="ClassAxis"/>.</summary>
    public float[]? Weight { get; set; }

    /// <summary>Gets or sets the weight of a "yes" against a "no": one number, or one for each place of <see cref="ClassAxis"/>.</summary>
    public float[]? PosWeight { get; set; }

    /// <summary>Gets or sets the axis along which weights run; the batch axis counts as 0, negative counts from the last.</summary>
    public int ClassAxis { get; set; } = -1;
}
