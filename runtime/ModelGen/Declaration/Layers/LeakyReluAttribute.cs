// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.LeakyRelu(Tensor, double)"/> as a step of a network in class form.</summary>
/// <param name="negativeSlope">The slope for x &lt; 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReluAttribute(double negativeSlope = 0.01) : LayerAttribute
{
    /// <summary>Gets the slope for x &lt; 0.</summary>
    public double NegativeSlope { get; } = negativeSlope;
}
