namespace ModelGen;

/// <summary>Adds <see cref="Nn.Elu"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EluAttribute : LayerAttribute
{
    /// <summary>Gets or sets the limit for x → −∞ is −alpha.</summary>
    public float Alpha { get; set; } = 1;
}
