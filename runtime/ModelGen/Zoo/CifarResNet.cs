using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Represents the residual network for small images (K. He et al. 2015, section 4.2): a 3×3 convolution, three stages of <see cref="BasicBlock"/> with width,
/// 2·width and 4·width channels, global average, scores. It has 6·blocks + 2 layers with weights: 3 blocks make ResNet-20, 9 make ResNet-56. Where sizes change
/// the skip is a 1×1 convolution.
/// </summary>
/// <param name="blocks">Blocks in each stage.</param>
/// <param name="classes">The number of scores.</param>
/// <param name="width">The channels of the first stage.</param>
[Module]
public sealed partial class CifarResNet(int blocks = 3, int classes = 10, int width = 16)
{
    private readonly Layer conv1 = Conv2d(width, 3, padding: 1, bias: false), bn1 = BatchNorm2d();
    private readonly BasicBlock[] layer1 = Repeat(blocks, _ => new BasicBlock(width, width));
    private readonly BasicBlock[] layer2 = Repeat(blocks, i => new BasicBlock(i == 0 ? width : 2 * width, 2 * width, i == 0 ? 2 : 1));
    private readonly BasicBlock[] layer3 = Repeat(blocks, i => new BasicBlock(i == 0 ? 2 * width : 4 * width, 4 * width, i == 0 ? 2 : 1));
    private readonly Layer fc = Linear(classes);

    /// <summary>Returns the scores (logits), f32[N,Classes], of images.</summary>
    /// <param name="image">f32[N,C,H,W], 32×32 in the paper.</param>
    public Tensor Forward(Tensor image)
    {
        var x = Relu(bn1(conv1(image)));
        foreach (var block in layer1)
            x = block.Forward(x);
        foreach (var block in layer2)
            x = block.Forward(x);
        foreach (var block in layer3)
            x = block.Forward(x);
        return fc(GlobalAvgPool2d(x));
    }
}
