// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>
/// Adds <see cref="Nn.SmoothL1Loss(Tensor, Tensor, string, double)"/> as the loss of a network in class form; the target has the shape of the output.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SmoothL1LossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean" or "sum"; the default is "mean".</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>Gets or sets the difference from which on the loss is linear; the default is 1.</summary>
    public double Beta { get; set; } = 1;
}
