namespace ModelGen;

/// <summary>Fills a square of an image whose centre is anywhere in it; what lies beside the image is cut off (DeVries and Taylor 2017).</summary>
/// <param name="size">The side of the square in pixels, at least 1.</param>
/// <param name="fill">The value of the pixels in the square.</param>
/// <param name="input">The input of the model.</param>
public sealed class Cutout(int size, float fill = 0f, int input = 0) : ImageTransform(input)
{
    private readonly int _size = Require.Positive(size);

    private protected override void Apply(ImageSpan image, ref Rng rng)
    {
        var (x, y) = (rng.NextInt(image.Width) - _size / 2, rng.NextInt(image.Height) - _size / 2);
        var (left, right) = (Math.Max(x, 0), Math.Min(x + _size, image.Width));
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var row = Math.Max(y, 0); row < Math.Min(y + _size, image.Height); row++)
                image.Row(channel, row)[left..right].Fill(fill);
        }
    }
}
