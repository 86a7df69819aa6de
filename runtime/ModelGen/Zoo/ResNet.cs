using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Represents ResNet-18, -34, -50, -101 or -152 for images f32[N,C,H,W], as torchvision builds it (K. He et al. 2015, table 1): same parameter names, same
/// counts (11,689,512, 21,797,672, 25,557,032, 44,549,160 and 60,192,808 with 1000 classes).
/// </summary>
/// <remarks>Held in a field <c>_</c> its parameters have torchvision's names: <c>readonly ResNet _ = new(18);</c>.</remarks>
/// <param name="depth">18, 34, 50, 101 or 152.</param>
/// <param name="classes">The number of scores.</param>
/// <param name="width">The channels of the first stage; 64 in the paper.</param>
[Module]
public sealed partial class ResNet(int depth, int classes = 1000, int width = 64)
{
    private readonly Layer conv1 = Conv2d(width, 7, 2, padding: 3, bias: false), bn1 = BatchNorm2d();
    private readonly IResidualBlock[] layer1 = Stage(depth, 0, width);
    private readonly IResidualBlock[] layer2 = Stage(depth, 1, width);
    private readonly IResidualBlock[] layer3 = Stage(depth, 2, width);
    private readonly IResidualBlock[] layer4 = Stage(depth, 3, width);
    private readonly Layer fc = Linear(classes);

    /// <summary>Returns the scores (logits), f32[N,Classes], of images; they are 224×224 in the paper, and any size from 32×32 works.</summary>
    /// <param name="image">f32[N,C,H,W].</param>
    public Tensor Forward(Tensor image)
    {
        var x = MaxPool2d(Relu(bn1(conv1(image))), 3, 2, padding: 1);
        foreach (var block in layer1)
            x = block.Forward(x);
        foreach (var block in layer2)
            x = block.Forward(x);
        foreach (var block in layer3)
            x = block.Forward(x);
        foreach (var block in layer4)
            x = block.Forward(x);
        return fc(GlobalAvgPool2d(x));
    }

    private static IResidualBlock[] Stage(int depth, int stage, int width)
    {
        int[] blocks = depth switch
        {
            18 => [2, 2, 2, 2],
            34 or 50 => [3, 4, 6, 3],
            101 => [3, 4, 23, 3],
            152 => [3, 8, 36, 3],
            _ => throw new ArgumentOutOfRangeException(nameof(depth), $"ResNet has depth 18, 34, 50, 101 or 152, not {depth}"),
        };
        var expansion = depth >= 50 ? Bottleneck.Expansion : 1;
        var channels = width << stage;
        var inChannels = stage == 0 ? width : expansion * channels / 2;
        return Repeat<IResidualBlock>(blocks[stage], i =>
        {
            var from = i == 0 ? inChannels : expansion * channels;
            var stride = i == 0 && stage > 0 ? 2 : 1;
            return depth >= 50 ? new Bottleneck(from, channels, stride) : new BasicBlock(from, channels, stride);
        });
    }
}
