// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.AvgPool2d(Tensor, Size2, Size2?, Size2?, bool, bool, int?)"/> as a step of a network in class form.</summary>
/// <param name="kernel">The height and width of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool2dAttribute(int kernel) : LayerAttribute
{
    /// <summary>Gets the height and width of the window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Gets or sets the step of the window, on both axes; the default is the kernel.</summary>
    public int Stride { get; set; } = kernel;

    /// <summary>Gets or sets the border on each side, on both axes; the default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>Gets or sets a value indicating whether the padding counts in the divisor; the default is true.</summary>
    public bool CountIncludePad { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border
    /// before it; the default is false.
    /// </summary>
    public bool CeilMode { get; set; }

    /// <summary>Gets or sets the number that sums are divided by, in place of the number of elements; none unless it is set.</summary>
    public int DivisorOverride { get; set; }
}
