namespace KernelsSample;

/// <summary>Draws grey images of overlapping discs and boxes with some noise: edges in all directions.</summary>
internal static class DrawnImages
{
    const int Size = Filters.Size, Shapes = 4;

    /// <summary>f32[count,1,32,32], from 0 to 1.</summary>
    public static float[] Draw(int count, uint seed)
    {
        var rng = new Rng(seed, "images");
        var images = new float[count * Size * Size];
        for (int i = 0; i < count; i++)
        {
            Span<float> image = images.AsSpan(i * Size * Size, Size * Size);
            image.Fill(rng.NextSingle());
            for (int s = 0; s < Shapes; s++)
            {
                bool isDisc = rng.NextInt(2) == 0;
                double x = rng.NextDouble(4, 28), y = rng.NextDouble(4, 28), radius = rng.NextDouble(3, 9);
                float grey = rng.NextSingle();
                for (int p = 0; p < image.Length; p++)
                {
                    double dx = Math.Abs(p % Size - x), dy = Math.Abs(p / Size - y);
                    if (isDisc ? dx * dx + dy * dy < radius * radius : Math.Max(dx, dy) < radius)
                        image[p] = grey;
                }
            }
            foreach (ref float pixel in image)
                pixel = Math.Clamp(pixel + 0.1f * (float)rng.NextNormal(), 0, 1);
        }
        return images;
    }
}
