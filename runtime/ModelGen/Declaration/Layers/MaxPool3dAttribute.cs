namespace ModelGen;

/// <summary><see cref="Nn.MaxPool3d"/> as a step of a network in class form.</summary>
/// <param name="kernel">The window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool3dAttribute(int kernel) : LayerAttribute
{
    /// <summary>The window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The step of the window; the kernel unless given.</summary>
    public int Stride { get; set; } = kernel;

    /// <summary>The border on each side; 0 unless given.</summary>
    public int Padding { get; set; }

    /// <summary>The distance between the elements of the window, on all axes.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.</summary>
    public bool CeilMode { get; set; }
}
