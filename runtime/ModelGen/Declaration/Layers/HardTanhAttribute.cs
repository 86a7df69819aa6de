// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.HardTanh(Tensor, double, double)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardTanhAttribute : LayerAttribute
{
    /// <summary>Gets or sets the lower bound; the default is -1.</summary>
    public double Min { get; set; } = -1;

    /// <summary>Gets or sets the upper bound; the default is 1.</summary>
    public double Max { get; set; } = 1;
}
