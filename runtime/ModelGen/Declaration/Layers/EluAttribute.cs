namespace ModelGen;

/// <summary><see cref="Nn.Elu"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EluAttribute : LayerAttribute
{
    /// <summary>The limit for x → −∞ is −alpha.</summary>
    public float Alpha { get; set; } = 1;
}
