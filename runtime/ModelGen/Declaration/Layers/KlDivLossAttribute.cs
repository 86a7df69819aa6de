// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>
/// Adds <see cref="Nn.KlDivLoss(Tensor, Tensor, string, bool)"/> as the loss of a network in class form; the target has the shape of the output.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class KlDivLossAttribute : LayerAttribute
{
    /// <summary>Gets or sets the reduction: "mean" or "sum", or "batchmean": the sum over the number of samples; the default is "mean".</summary>
    public string Reduction { get; set; } = "mean";

    /// <summary>Gets or sets a value indicating whether the target consists of log-probabilities too: e^target·(target − x); the default is false.</summary>
    public bool LogTarget { get; set; }
}
