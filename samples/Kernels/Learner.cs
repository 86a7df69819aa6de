namespace KernelsSample;

/// <summary>One convolution of nine weights, which sees images and what a kernel made of them, and finds the kernel.</summary>
[Model]
public partial class Learner
{
    readonly Layer conv = Conv2d(1, 3, padding: 1, bias: false);

    /// <summary>The image through the learned kernel.</summary>
    public Tensor Forward([Shape(1, Filters.Size, Filters.Size)] Tensor image) => conv(image);

    /// <summary>The mean squared difference to what the kernel made.</summary>
    public Tensor Loss(Tensor learned, [Shape(1, Filters.Size, Filters.Size)] Tensor filtered) => MseLoss(learned, filtered);
}
