// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>
/// Adds <see cref="Nn.BceLoss(Tensor, Tensor, string, float[], int)"/> as the loss of a network in class form; the target has the shape of the output.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BceLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean" or "sum"; the mean divides by the number of elements, whatever the weights; the default is "mean".</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>Gets or sets w, the weight of each term: one number, or one for each place of <see cref="ClassAxis"/>; none unless it is set.</summary>
    public float[]? Weight { get; set; }

    /// <summary>Gets or sets the axis along which weights run; the batch axis counts as 0, negative counts from the last; the default is -1.</summary>
    public int ClassAxis { get; set; } = -1;
}
