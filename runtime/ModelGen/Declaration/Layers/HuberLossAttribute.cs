namespace ModelGen;

/// <summary><see cref="Nn.HuberLoss"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HuberLossAttribute : LayerAttribute
{
    /// <summary>From here on the loss is linear.</summary>
    public float Delta { get; set; } = 1;

    /// <summary>"mean", "sum" or "none".</summary>
    public string Reduction { get; set; } = "mean";
}
