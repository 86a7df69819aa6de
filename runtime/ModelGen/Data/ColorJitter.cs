namespace ModelGen;

/// <summary>
/// Changes brightness, contrast and saturation of an image by random factors from 1 − a to 1 + a: brightness multiplies the pixels; contrast moves them away
/// from the mean grey of the image, saturation away from their own grey (0.299 R + 0.587 G + 0.114 B, as in ITU-R BT.601).
/// </summary>
/// <remarks>It is meant for pixels from 0 to 1, before they are standardised; values are not clamped. Saturation needs three channels.</remarks>
/// <param name="brightness">a for brightness, in [0, 1).</param>
/// <param name="contrast">a for contrast, in [0, 1).</param>
/// <param name="saturation">a for saturation, in [0, 1).</param>
/// <param name="input">The input of the model.</param>
public sealed class ColorJitter(float brightness = 0f, float contrast = 0f, float saturation = 0f, int input = 0) : ImageTransform(input)
{
    private readonly float _brightness = Require.Decay(brightness);
    private readonly float _contrast = Require.Decay(contrast);
    private readonly float _saturation = Require.Decay(saturation);

    /// <inheritdoc/>
    public override void ThrowIfUnfit(ModelInfo info)
    {
        base.ThrowIfUnfit(info);
        if (_saturation > 0 && info.Inputs[Input].Shape[0] != 3)
            throw new ArgumentException($"Saturation is that of red, green and blue; input {Input} of {info.Name} is {info.Inputs[Input]}.", nameof(info));
    }

    private protected override void Apply(ImageSpan image, ref Rng rng)
    {
        var bright = Factor(_brightness, ref rng);
        var contrasted = Factor(_contrast, ref rng);
        var saturated = Factor(_saturation, ref rng);
        var mean = 0.0;
        for (var i = 0; i < image.Height * image.Width; i++)
        {
            var grey = Grey(image, i);
            for (var channel = 0; saturated != 1 && channel < image.Channels; channel++)
            {
                ref var pixel = ref image.Plane(channel)[i];
                pixel = grey + saturated * (pixel - grey);
            }

            mean += grey;
        }

        var middle = (float)(mean / (image.Height * image.Width));
        foreach (ref var pixel in image.Pixels)
            pixel = bright * (middle + contrasted * (pixel - middle));
    }

    private static float Factor(float bound, ref Rng rng) => 1 + bound * (2 * rng.NextSingle() - 1);

    private static float Grey(ImageSpan image, int i)
    {
        if (image.Channels == 3)
            return 0.299f * image.Plane(0)[i] + 0.587f * image.Plane(1)[i] + 0.114f * image.Plane(2)[i];
        var sum = 0f;
        for (var channel = 0; channel < image.Channels; channel++)
            sum += image.Plane(channel)[i];
        return sum / image.Channels;
    }
}
