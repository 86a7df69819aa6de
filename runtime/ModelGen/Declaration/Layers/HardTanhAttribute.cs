namespace ModelGen;

/// <summary><see cref="Nn.HardTanh"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardTanhAttribute : LayerAttribute
{
    /// <summary>The lower bound.</summary>
    public float Min { get; set; } = -1;

    /// <summary>The upper bound.</summary>
    public float Max { get; set; } = 1;
}
