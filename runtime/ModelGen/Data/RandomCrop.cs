namespace ModelGen;

/// <summary>Pads an image on all sides and cuts one of its size from it at a random place (He et al. 2016, with a padding of 4 for CIFAR).</summary>
/// <param name="padding">By how many pixels at most it is shifted, at least 1.</param>
/// <param name="fill">The value of the pixels beside the image.</param>
/// <param name="input">The input of the model.</param>
public sealed class RandomCrop(int padding, float fill = 0f, int input = 0) : ImageTransform(input)
{
    private readonly int _padding = Require.Positive(padding);

    private protected override void Apply(ImageSpan image, ref Rng rng)
    {
        var (dx, dy) = (rng.NextInt(2 * _padding + 1) - _padding, rng.NextInt(2 * _padding + 1) - _padding);
        if ((dx, dy) == (0, 0))
            return;

        // Rows are read before they are overwritten: from the side towards which the image moves.
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var i = 0; i < image.Height; i++)
            {
                var y = dy >= 0 ? i : image.Height - 1 - i;
                var target = image.Row(channel, y);
                if ((uint)(y + dy) >= (uint)image.Height || Math.Abs(dx) >= image.Width)
                {
                    target.Fill(fill);
                    continue;
                }

                var source = image.Row(channel, y + dy);
                if (dx >= 0)
                {
                    source[dx..].CopyTo(target);
                    target[(image.Width - dx)..].Fill(fill);
                }
                else
                {
                    source[..(image.Width + dx)].CopyTo(target[-dx..]);
                    target[..-dx].Fill(fill);
                }
            }
        }
    }
}
