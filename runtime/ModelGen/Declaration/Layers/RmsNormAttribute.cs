// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.RmsNorm(int[], double, bool)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RmsNormAttribute : LayerAttribute
{
    /// <summary>Gets or sets the number that is added to the mean square inside the root; the default is 1e-6.</summary>
    public double Eps { get; set; } = 1e-6;

    /// <summary>Gets or sets a value indicating whether a scale is learned; the default is true.</summary>
    public bool Affine { get; set; } = true;
}
