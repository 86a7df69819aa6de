namespace ModelGen.Benchmarks.Models;

/// <summary>Two 3×3 convolutions around a shortcut, which is a 1×1 convolution where the shape changes.</summary>
/// <param name="inChannels">The channels of the input.</param>
/// <param name="channels">The channels of the output.</param>
/// <param name="stride">The stride of the first convolution.</param>
[Module]
public partial class BasicBlock(int inChannels, int channels, int stride)
{
    readonly Layer c1 = Conv2d(channels, kernel: 3, stride: stride, padding: 1, bias: false), b1 = BatchNorm2d();
    readonly Layer c2 = Conv2d(channels, kernel: 3, padding: 1, bias: false), b2 = BatchNorm2d();
    readonly Layer? sc = stride == 1 && inChannels == channels ? null : Conv2d(channels, kernel: 1, stride: stride, bias: false);
    readonly Layer? sb = stride == 1 && inChannels == channels ? null : BatchNorm2d();

    /// <summary>relu(b2(c2(relu(b1(c1(x))))) + shortcut(x)).</summary>
    public Tensor Forward(Tensor x)
    {
        var y = b2(c2(Relu(b1(c1(x)))));
        return Relu(y + (sc is null || sb is null ? x : sb(sc(x))));
    }
}
