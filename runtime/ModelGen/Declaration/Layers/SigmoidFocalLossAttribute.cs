// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>
/// Adds <see cref="Nn.SigmoidFocalLoss(Tensor, Tensor, string, double, double)"/> as the loss of a network in class form; the target has the shape of the
/// output.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidFocalLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean" or "sum"; the default is "mean".</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>Gets or sets the weight of "yes", 1 − alpha that of "no"; negative: none; the default is 0.25.</summary>
    public double Alpha { get; set; } = 0.25;

    /// <summary>Gets or sets γ, by how much easy answers count less; at least 0; the default is 2.</summary>
    public double Gamma { get; set; } = 2;
}
