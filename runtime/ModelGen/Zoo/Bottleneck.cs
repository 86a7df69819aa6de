using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Computes 1×1, 3×3 and 1×1 convolutions, each with batch norm, whose output has four times the channels of the middle, plus skip(x) (K. He et al. 2015,
/// figure 5 right; the stride is on the 3×3 convolution, as in torchvision). Parameters have torchvision's names.
/// </summary>
/// <param name="inChannels">The channels of the input.</param>
/// <param name="channels">The channels in the middle.</param>
/// <param name="stride">The step of the 3×3 convolution.</param>
[Module]
public sealed partial class Bottleneck(int inChannels, int channels, int stride = 1) : IResidualBlock
{
    /// <summary>The number of output channels for each channel in the middle.</summary>
    public const int Expansion = 4;

    private readonly Layer conv1 = Conv2d(channels, 1, bias: false), bn1 = BatchNorm2d();
    private readonly Layer conv2 = Conv2d(channels, 3, stride, padding: 1, bias: false), bn2 = BatchNorm2d();
    private readonly Layer conv3 = Conv2d(channels * Expansion, 1, bias: false), bn3 = BatchNorm2d();
    private readonly Layer[] downsample = stride != 1 || inChannels != channels * Expansion
        ? [Conv2d(channels * Expansion, 1, stride, bias: false), BatchNorm2d()]
        : [];

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        var skip = x;
        foreach (var layer in downsample)
            skip = layer(skip);
        var y = Relu(bn1(conv1(x)));
        y = Relu(bn2(conv2(y)));
        return Relu(bn3(conv3(y)) + skip);
    }
}
