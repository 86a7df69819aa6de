// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.MaxPool1d(Tensor, int, int?, int, int, bool)"/> as a step of a network in class form.</summary>
/// <param name="kernel">The window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool1dAttribute(int kernel) : LayerAttribute
{
    /// <summary>Gets the window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Gets or sets the step of the window; the default is the kernel.</summary>
    public int Stride { get; set; } = kernel;

    /// <summary>Gets or sets the border on each side; the default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>Gets or sets the distance between the elements of the window; the default is 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Gets or sets a value indicating whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border
    /// before it; the default is false.
    /// </summary>
    public bool CeilMode { get; set; }
}
