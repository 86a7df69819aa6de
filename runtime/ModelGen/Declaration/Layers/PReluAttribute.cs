// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.PRelu(int, double)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PReluAttribute : LayerAttribute
{
    /// <summary>Gets or sets the number of slopes: 1, or one for each channel (axis 1); the default is 1.</summary>
    public int Parameters { get; set; } = 1;

    /// <summary>Gets or sets the slope at the start; the default is 0.25.</summary>
    public double Init { get; set; } = 0.25;
}
