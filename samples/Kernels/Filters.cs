namespace KernelsSample;

/// <summary>Five handmade kernels beside each other: the weights stand in the source, so nothing trains them.</summary>
[Model]
public partial class Filters
{
    /// <summary>Height and width of an image.</summary>
    public const int Size = 32;

    /// <summary>The image through each kernel, in the order of <see cref="KernelTable"/>.</summary>
    public (Tensor Identity, Tensor Edge, Tensor Sharpen, Tensor Box, Tensor Gaussian) Forward([Shape(1, Size, Size)] Tensor image) => (
        FixedConv2d(image, Kernels.Identity, padding: 1),
        FixedConv2d(image, Kernels.Edge, padding: 1),
        FixedConv2d(image, Kernels.Sharpen, padding: 1),
        FixedConv2d(image, Kernels.Box, padding: 1),
        FixedConv2d(image, Kernels.Gaussian, padding: 1));
}
