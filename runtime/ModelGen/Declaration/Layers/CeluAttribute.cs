// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.Celu(Tensor, double)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CeluAttribute : LayerAttribute
{
    /// <summary>Gets or sets the negated limit for x → −∞, above 0; the default is 1.</summary>
    public double Alpha { get; set; } = 1;
}
