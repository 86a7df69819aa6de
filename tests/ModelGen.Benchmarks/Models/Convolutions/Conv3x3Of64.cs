namespace ModelGen.Benchmarks.Models;

/// <summary>3×3, 64 to 64 channels, 32×32.</summary>
[Model]
public partial class Conv3x3Of64
{
    readonly Layer conv = Conv2d(64, kernel: 3, padding: 1, bias: false);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(64, 32, 32)] Tensor x) => conv(x);
}
