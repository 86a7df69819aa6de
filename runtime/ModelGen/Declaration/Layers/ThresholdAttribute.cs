// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.Threshold(Tensor, double, double)"/> as a step of a network in class form.</summary>
/// <param name="threshold">What passes lies above it.</param>
/// <param name="value">What stands in for the rest.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ThresholdAttribute(double threshold, double value) : LayerAttribute
{
    /// <summary>Gets what passes lies above it.</summary>
    public double Threshold { get; } = threshold;

    /// <summary>Gets what stands in for the rest.</summary>
    public double Value { get; } = value;
}
