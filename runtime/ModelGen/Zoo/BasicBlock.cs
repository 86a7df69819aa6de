using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Computes relu(bn2(conv2(relu(bn1(conv1(x))))) + skip(x)) with 3×3 convolutions; skip is a 1×1 convolution where sizes change, otherwise x (K. He et al.,
/// "Deep residual learning for image recognition", 2015, figure 5 left). Parameters have torchvision's names.
/// </summary>
/// <param name="inChannels">The channels of the input.</param>
/// <param name="channels">The channels of the output.</param>
/// <param name="stride">The step of the first convolution.</param>
[Module]
public sealed partial class BasicBlock(int inChannels, int channels, int stride = 1) : IResidualBlock
{
    private readonly Layer conv1 = Conv2d(channels, 3, stride, padding: 1, bias: false), bn1 = BatchNorm2d();
    private readonly Layer conv2 = Conv2d(channels, 3, padding: 1, bias: false), bn2 = BatchNorm2d();
    private readonly Layer[] downsample = stride != 1 || inChannels != channels ? [Conv2d(channels, 1, stride, bias: false), BatchNorm2d()] : [];

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        var skip = x;
        foreach (var layer in downsample)
            skip = layer(skip);
        var y = Relu(bn1(conv1(x)));
        return Relu(bn2(conv2(y)) + skip);
    }
}
