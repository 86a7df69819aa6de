// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.Softplus(Tensor, double, double)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute : LayerAttribute
{
    /// <summary>Gets or sets the steepness, above 0; the default is 1.</summary>
    public double Beta { get; set; } = 1;

    /// <summary>Gets or sets the value of beta·x from which on the result is x; the default is 20.</summary>
    public double Threshold { get; set; } = 20;
}
