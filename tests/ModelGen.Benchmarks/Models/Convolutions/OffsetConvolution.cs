namespace ModelGen.Benchmarks.Models;

/// <summary>A convolution whose input is learned too (by one offset), so that a backward pass has a data gradient and a weight gradient.</summary>
/// <param name="outChannels">The channels of the output.</param>
/// <param name="kernel">The side of the window.</param>
/// <param name="padding">The zeros on each side.</param>
[Module]
public partial class OffsetConvolution(int outChannels, int kernel, int padding)
{
    readonly Tensor offset = Parameter(1);
    readonly Layer conv = Conv2d(outChannels, kernel, padding: padding, bias: false);

    /// <summary>conv(x + offset).</summary>
    public Tensor Forward(Tensor x) => conv(x + offset);
}
