// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.Conv1d(int, int, int, int, int, int, bool, Init?, Init?)"/> as a step of a network in class form.</summary>
/// <param name="outChannels">Out, the number of channels of the output.</param>
/// <param name="kernel">The window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv1dAttribute(int outChannels, int kernel) : LayerAttribute
{
    /// <summary>Gets Out, the number of channels of the output.</summary>
    public int OutChannels { get; } = outChannels;

    /// <summary>Gets the window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Gets or sets the step of the window; the default is 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Gets or sets the zeros on each side; the default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>Gets or sets the distance between the elements of the window; the default is 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Gets or sets the number of channel groups that do not see each other; the default is 1.</summary>
    public int Groups { get; set; } = 1;

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
