namespace KernelsSample;

/// <summary>The kernels by name, in the order of the outputs of <see cref="Filters"/>.</summary>
internal static class KernelTable
{
    /// <summary>Name and weights, row by row.</summary>
    public static readonly (string Name, float[] Weights)[] All =
    [
        ("identity", Kernels.Identity),
        ("edge", Kernels.Edge),
        ("sharpen", Kernels.Sharpen),
        ("box", Kernels.Box),
        ("gaussian", Kernels.Gaussian),
    ];
}
