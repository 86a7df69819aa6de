// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.BatchNorm3d(double, double, bool)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNorm3dAttribute : LayerAttribute
{
    /// <summary>Gets or sets the number that is added to the variance inside the root; the default is 1e-5.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Gets or sets the share of the new batch in the running statistics; the default is 0.1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>Gets or sets a value indicating whether a scale and a shift are learned; the default is true.</summary>
    public bool Affine { get; set; } = true;
}
