namespace ModelGen;

/// <summary><see cref="Nn.BatchNorm3d"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNorm3dAttribute : LayerAttribute
{
    /// <summary>Added to the variance inside the root.</summary>
    public float Eps { get; set; } = 1e-5f;

    /// <summary>The share of the new batch in the running statistics.</summary>
    public float Momentum { get; set; } = 0.1f;

    /// <summary>Whether a scale and a shift are learned.</summary>
    public bool Affine { get; set; } = true;
}
