namespace ModelGen;

/// <summary><see cref="Nn.GroupNorm"/> as a step of a network in class form.</summary>
/// <param name="groups">The number of groups; divides the channels.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>The number of groups; divides the channels.</summary>
    public int Groups { get; } = groups;

    /// <summary>Added to the variance inside the root.</summary>
    public float Eps { get; set; } = 1e-5f;

    /// <summary>Whether a scale and a shift are learned.</summary>
    public bool Affine { get; set; } = true;
}
