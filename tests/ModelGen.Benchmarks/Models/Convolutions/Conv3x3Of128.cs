namespace ModelGen.Benchmarks.Models;

/// <summary>3×3, 128 to 128 channels, 16×16.</summary>
[Model]
public partial class Conv3x3Of128
{
    readonly Layer conv = Conv2d(128, kernel: 3, padding: 1, bias: false);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(128, 16, 16)] Tensor x) => conv(x);
}
