namespace ModelGen.Benchmarks.Models;

/// <summary>5×5, 64 to 64 channels, 12×12.</summary>
[Model]
public partial class Conv5x5Of64
{
    readonly Layer conv = Conv2d(64, kernel: 5, padding: 2, bias: false);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(64, 12, 12)] Tensor x) => conv(x);
}
