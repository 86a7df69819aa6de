namespace ModelGen;

/// <summary>Adds <see cref="Nn.HardTanh"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardTanhAttribute : LayerAttribute
{
    /// <summary>Gets or sets the lower bound.</summary>
    public float Min { get; set; } = -1;

    /// <summary>Gets or sets the upper bound.</summary>
    public float Max { get; set; } = 1;
}
