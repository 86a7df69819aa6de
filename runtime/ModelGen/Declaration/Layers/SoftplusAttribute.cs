namespace ModelGen;

/// <summary>Adds <see cref="Nn.Softplus"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute : LayerAttribute
{
    /// <summary>Gets or sets the steepness, above 0.</summary>
    public float Beta { get; set; } = 1;

    /// <summary>Gets or sets the value of beta·x from which on the result is x.</summary>
    public float Threshold { get; set; } = 20;
}
