// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.HardShrink(Tensor, double)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardShrinkAttribute : LayerAttribute
{
    /// <summary>Gets or sets where it sets in, at least 0; the default is 0.5.</summary>
    public double Lambd { get; set; } = 0.5;
}
