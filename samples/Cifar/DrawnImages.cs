namespace CifarSample;

/// <summary>Draws 32×32 images of ten kinds of shapes, in any two colours, anywhere, of any size, with noise.</summary>
internal static class DrawnImages
{
    /// <summary>What the labels stand for.</summary>
    public static readonly string[] Names = ["disc", "ring", "square", "frame", "triangle", "cross", "bars", "columns", "checks", "dots"];

    const int Size = Cifar.Size, Pixels = Size * Size;

    /// <summary>Draws images with their labels.</summary>
    public static Dataset Draw(int count, uint seed)
    {
        var rng = new Rng(seed, "images");
        var pixels = new byte[count * 3 * Pixels];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = rng.NextInt(Names.Length);
            Draw(pixels.AsSpan(i * 3 * Pixels, 3 * Pixels), labels[i], ref rng);
        }
        return new Dataset(new ByteColumn("image", pixels, [3, Size, Size]), new LabelColumn("label", labels));
    }

    static void Draw(Span<byte> image, int kind, ref Rng rng)
    {
        double x0 = rng.NextDouble(12, 20), y0 = rng.NextDouble(12, 20), radius = rng.NextDouble(6, 11), turn = rng.NextDouble(-0.35, 0.35);
        double period = rng.NextDouble(5, 8), phase = rng.NextDouble(0, 6);
        Span<double> ground = stackalloc double[3], ink = stackalloc double[3];
        double contrast = 0;
        while (contrast < 150)
        {
            contrast = 0;
            for (int c = 0; c < 3; c++)
            {
                (ground[c], ink[c]) = (rng.NextDouble(0, 255), rng.NextDouble(0, 255));
                contrast += Math.Abs(ground[c] - ink[c]);
            }
        }
        for (int p = 0; p < Pixels; p++)
        {
            double dx = p % Size - x0, dy = p / Size - y0;
            double x = (dx * Math.Cos(turn) + dy * Math.Sin(turn)) / radius, y = (dy * Math.Cos(turn) - dx * Math.Sin(turn)) / radius;
            bool isInk = IsInside(kind, x, y, period / radius, phase / radius);
            for (int c = 0; c < 3; c++)
                image[c * Pixels + p] = (byte)Math.Clamp((isInk ? ink[c] : ground[c]) + 18 * rng.NextNormal(), 0, 255);
        }
    }

    // x and y from -1 to 1 inside the shape's square.
    static bool IsInside(int kind, double x, double y, double period, double phase)
    {
        double round = Math.Sqrt(x * x + y * y), square = Math.Max(Math.Abs(x), Math.Abs(y));
        bool Band(double along) => ((along + phase) / period - Math.Floor((along + phase) / period)) < 0.5;
        return kind switch
        {
            0 => round < 1,
            1 => round is > 0.6 and < 1,
            2 => square < 0.9,
            3 => square is > 0.5 and < 0.9,
            4 => y < 0.8 && y > 2 * Math.Abs(x) - 0.9,
            5 => square < 1 && Math.Min(Math.Abs(x), Math.Abs(y)) < 0.28,
            6 => Band(y),
            7 => Band(x),
            8 => Band(x) != Band(y),
            _ => Band(x) && Band(y),
        };
    }
}
