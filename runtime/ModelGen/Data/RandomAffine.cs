namespace ModelGen;

/// <summary>
/// Rotates, shifts and scales an image around its centre by random amounts, each equally likely within its bounds. Pixels are interpolated between their four
/// neighbours; beside the image they have the fill value.
/// </summary>
/// <param name="degrees">The largest rotation to either side, in degrees, at least 0.</param>
/// <param name="translate">The largest shift to each side, as a part of width and height, at least 0.</param>
/// <param name="scale">The largest part by which it grows or shrinks, in [0, 1).</param>
/// <param name="fill">The value of the pixels beside the image.</param>
/// <param name="input">The input of the model.</param>
public sealed class RandomAffine(float degrees = 0f, float translate = 0f, float scale = 0f, float fill = 0f, int input = 0) : ImageTransform(input)
{
    private readonly float _degrees = Require.NotNegative(degrees);
    private readonly float _translate = Require.NotNegative(translate);
    private readonly float _scale = Require.Decay(scale);

    private protected override void Apply(ImageSpan image, ref Rng rng)
    {
        var angle = rng.NextDouble(-_degrees, _degrees) * Math.PI / 180;
        var (dx, dy) = (rng.NextDouble(-_translate, _translate) * image.Width, rng.NextDouble(-_translate, _translate) * image.Height);
        var size = 1 + rng.NextDouble(-_scale, _scale);

        // From a place of the new image back to the old: the inverse of scaling, rotating and shifting.
        var (cos, sin) = ((float)(Math.Cos(angle) / size), (float)(Math.Sin(angle) / size));
        FromCopy(image, new Map(cos, sin, (float)dx, (float)dy, fill, image.Width, image.Height), static (source, target, map) =>
        {
            var (centreX, centreY) = ((target.Width - 1) / 2f, (target.Height - 1) / 2f);
            for (var y = 0; y < target.Height; y++)
            {
                for (var x = 0; x < target.Width; x++)
                {
                    var (fromX, fromY) = (x - centreX - map.Dx, y - centreY - map.Dy);
                    var sourceX = map.Cos * fromX + map.Sin * fromY + centreX;
                    var sourceY = map.Cos * fromY - map.Sin * fromX + centreY;
                    var (left, top) = ((int)MathF.Floor(sourceX), (int)MathF.Floor(sourceY));
                    var (right, bottom) = (sourceX - left, sourceY - top);
                    for (var channel = 0; channel < target.Channels; channel++)
                    {
                        var plane = source.Plane(channel);
                        var upper = (1 - right) * At(plane, left, top) + right * At(plane, left + 1, top);
                        var lower = (1 - right) * At(plane, left, top + 1) + right * At(plane, left + 1, top + 1);
                        target.Row(channel, y)[x] = (1 - bottom) * upper + bottom * lower;
                    }

                    float At(ReadOnlySpan<float> plane, int column, int row) =>
                        (uint)column < (uint)map.Width && (uint)row < (uint)map.Height ? plane[row * map.Width + column] : map.Fill;
                }
            }
        });
    }

    private readonly record struct Map(float Cos, float Sin, float Dx, float Dy, float Fill, int Width, int Height);
}
