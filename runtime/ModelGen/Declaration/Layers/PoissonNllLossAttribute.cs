// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>
/// Adds <see cref="Nn.PoissonNllLoss(Tensor, Tensor, string, bool, bool, double)"/> as the loss of a network in class form; the target has the shape of the
/// output.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PoissonNllLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean" or "sum"; the default is "mean".</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>
    /// Gets or sets a value indicating whether x is the logarithm of the rate; otherwise it is the rate, and the loss x − target·log(x + eps); the default is
    /// true.
    /// </summary>
    public bool LogInput { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether the term that does not depend on x is added, by Stirling's approximation; the default is false.
    /// </summary>
    public bool Full { get; set; }

    /// <summary>Gets or sets what is added to the rate inside the logarithm; the default is 1e-8.</summary>
    public double Eps { get; set; } = 1e-8;
}
