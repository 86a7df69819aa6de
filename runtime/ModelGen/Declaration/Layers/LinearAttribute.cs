// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.Linear(int, bool, Init?, Init?)"/> as a step of a network in class form.</summary>
/// <param name="outFeatures">Out, the size of the last axis of the output.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LinearAttribute(int outFeatures) : LayerAttribute
{
    /// <summary>Gets Out, the size of the last axis of the output.</summary>
    public int OutFeatures { get; } = outFeatures;

    /// <summary>Gets or sets a value indicating whether there is a bias; the default is true.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// Gets or sets how the weight starts: a text of <see cref="ModelGen.Init"/> such as <c>"KaimingNormal"</c>, <c>"Normal(0.02)"</c> or
    /// <c>"XavierUniform.For(Tanh)"</c>; <see cref="ModelGen.Init.TorchDefault"/> unless it is set.
    /// </summary>
    public string? Init { get; set; }

    /// <summary>Gets or sets how the bias starts, in the form of <see cref="Init"/>; <see cref="ModelGen.Init.TorchDefault"/> unless it is set.</summary>
    public string? BiasInit { get; set; }
}
