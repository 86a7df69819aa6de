using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>Computes twice a 3×3 convolution that keeps the size, batch norm and ReLU: f32[N,C,H,W] → f32[N,channels,H,W].</summary>
/// <param name="channels">The channels of the output.</param>
[Module]
public sealed partial class DoubleConv(int channels)
{
    private readonly Layer conv1 = Conv2d(channels, 3, padding: 1, bias: false), bn1 = BatchNorm2d();
    private readonly Layer conv2 = Conv2d(channels, 3, padding: 1, bias: false), bn2 = BatchNorm2d();

    /// <summary>Computes f32[N,C,H,W] → f32[N,channels,H,W].</summary>
    /// <param name="x">The input.</param>
    public Tensor Forward(Tensor x)
    {
        var y = Relu(bn1(conv1(x)));
        return Relu(bn2(conv2(y)));
    }
}
