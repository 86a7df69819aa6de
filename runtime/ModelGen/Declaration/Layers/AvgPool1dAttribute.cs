namespace ModelGen;

/// <summary><see cref="Nn.AvgPool1d"/> as a step of a network in class form.</summary>
/// <param name="kernel">The window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool1dAttribute(int kernel) : LayerAttribute
{
    /// <summary>The window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The step of the window; the kernel unless given.</summary>
    public int Stride { get; set; } = kernel;

    /// <summary>The border on each side; 0 unless given.</summary>
    public int Padding { get; set; }

    /// <summary>Whether the padding counts in the divisor.</summary>
    public bool CountIncludePad { get; set; } = true;

    /// <summary>Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.</summary>
    public bool CeilMode { get; set; }

    /// <summary>What sums are divided by, in place of the number of elements.</summary>
    public int DivisorOverride { get; set; }
}
