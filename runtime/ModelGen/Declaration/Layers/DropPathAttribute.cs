// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.DropPath(double)"/> as a step of a network in class form.</summary>
/// <param name="p">The probability of zero, in [0, 1).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropPathAttribute(double p = 0.5) : LayerAttribute
{
    /// <summary>Gets the probability of zero, in [0, 1).</summary>
    public double P { get; } = p;
}
