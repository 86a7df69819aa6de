// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>
/// Adds <see cref="Nn.CrossEntropy(Tensor, Labels, float[], double, int?, string, int)"/> as the loss of a network in class form; the number of classes is the
/// size of the class axis.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CrossEntropyLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets a weight for each class; the mean divides by the sum of the labels' weights; none unless it is set.</summary>
    public float[]? Weight { get; set; }

    /// <summary>Gets or sets s, by which the target becomes (1 − s) for the label and s/Classes for every class; the default is 0.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>Gets or sets a label that counts in neither sum nor mean; none unless it is set.</summary>
    public int IgnoreIndex { get; set; }

    /// <summary>Gets or sets the reduction: "mean" or "sum"; the default is "mean".</summary>
    public string Reduction { get; set; } = "mean";
}
