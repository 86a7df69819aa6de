// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>
/// Adds <see cref="Nn.SoftMarginLoss(Tensor, Tensor, string)"/> as the loss of a network in class form; the target has the shape of the output.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftMarginLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean" or "sum"; the default is "mean".</summary>
    public string Reduction { get; set; } = "mean";
}
