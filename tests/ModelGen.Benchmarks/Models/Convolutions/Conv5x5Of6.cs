namespace ModelGen.Benchmarks.Models;

/// <summary>5×5, 6 to 16 channels, 14×14 without padding.</summary>
[Model]
public partial class Conv5x5Of6
{
    readonly Layer conv = Conv2d(16, kernel: 5, bias: false);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(6, 14, 14)] Tensor x) => conv(x);
}
