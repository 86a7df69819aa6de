namespace ModelGen;

/// <summary>Mirrors an image from left to right, or from top to bottom, with a probability.</summary>
/// <param name="probability">From 0 to 1.</param>
/// <param name="vertical">Whether top and bottom are exchanged in place of left and right.</param>
/// <param name="input">The input of the model.</param>
public sealed class RandomFlip(float probability = 0.5f, bool vertical = false, int input = 0) : ImageTransform(input)
{
    private readonly float _probability = Require.Share(probability);

    private protected override void Apply(ImageSpan image, ref Rng rng)
    {
        if (rng.NextSingle() >= _probability)
            return;
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = 0; !vertical && y < image.Height; y++)
                image.Row(channel, y).Reverse();
            for (var y = 0; vertical && y < image.Height / 2; y++)
            {
                var upper = image.Row(channel, y);
                var lower = image.Row(channel, image.Height - 1 - y);
                for (var x = 0; x < upper.Length; x++)
                    (upper[x], lower[x]) = (lower[x], upper[x]);
            }
        }
    }
}
