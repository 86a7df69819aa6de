namespace ModelGen;

/// <summary><see cref="Nn.BceLoss"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BceLossAttribute : LayerAttribute
{
    /// <summary>"mean", "sum" or "none".</summary>
    public string Reduction { get; set; } = "mean";
}
