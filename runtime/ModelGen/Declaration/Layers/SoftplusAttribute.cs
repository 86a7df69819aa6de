namespace ModelGen;

/// <summary><see cref="Nn.Softplus"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute : LayerAttribute
{
    /// <summary>The steepness, above 0.</summary>
    public float Beta { get; set; } = 1;

    /// <summary>From here on the result is x.</summary>
    public float Threshold { get; set; } = 20;
}
