using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Computes one score for each class and pixel: a path that halves the image and one that doubles it again, joined at each size (O. Ronneberger et al.,
/// "U-Net", 2015; here convolutions keep the size and are followed by batch norm).
/// </summary>
/// <param name="classes">The scores of a pixel.</param>
/// <param name="width">The channels at full size; they double with each halving.</param>
/// <param name="depth">How often the image is halved; 2^depth divides height and width.</param>
[Module]
public sealed partial class UNet(int classes, int width = 64, int depth = 4)
{
    private readonly DoubleConv[] down = Repeat(depth, i => new DoubleConv(width << i));
    private readonly DoubleConv middle = new(width << depth);
    private readonly Layer[] up = Repeat(depth, i => ConvTranspose2d(width << (depth - 1 - i), 2, 2));
    private readonly DoubleConv[] merge = Repeat(depth, i => new DoubleConv(width << (depth - 1 - i)));
    private readonly Layer head = Conv2d(classes, 1);

    /// <summary>Returns the scores (logits), f32[N,Classes,H,W].</summary>
    /// <param name="image">f32[N,C,H,W].</param>
    public Tensor Forward(Tensor image)
    {
        var x = image;
        var skips = new Tensor[depth];
        for (var i = 0; i < depth; i++)
        {
            skips[i] = down[i].Forward(x);
            x = MaxPool2d(skips[i], 2);
        }

        x = middle.Forward(x);
        for (var i = 0; i < depth; i++)
            x = merge[i].Forward(Concat(1, skips[depth - 1 - i], up[i](x)));
        return head(x);
    }
}
