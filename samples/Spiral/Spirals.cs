namespace Spiral;

/// <summary>Two spirals that wind around each other, after K. Lang and M. Witbrock, "Learning to tell two spirals apart", 1988.</summary>
/// <param name="Points">f32[Count,2], from -1 to 1.</param>
/// <param name="Sides">f32[Count,1]: 0 for the first spiral, 1 for the second.</param>
internal sealed record Spirals(float[] Points, float[] Sides)
{
    /// <summary>The number of points.</summary>
    public int Count => Sides.Length;

    /// <summary>Winds the spirals.</summary>
    /// <param name="pointsEach">Points on each.</param>
    /// <param name="turns">How often each goes around.</param>
    /// <param name="noise">Standard deviation of the places.</param>
    /// <param name="seed">Decides the noise.</param>
    public static Spirals Wind(int pointsEach, float turns, float noise, uint seed)
    {
        var rng = new Rng(seed, "spirals");
        var points = new float[4 * pointsEach];
        var sides = new float[2 * pointsEach];
        for (int i = 0; i < sides.Length; i++)
        {
            int side = i % 2;
            // The square root spreads the points evenly along the arm.
            double way = Math.Sqrt((i / 2 + 0.5) / pointsEach), angle = 2 * Math.PI * turns * way + Math.PI * side;
            points[2 * i] = (float)(0.9 * way * Math.Cos(angle)) + noise * (float)rng.NextNormal();
            points[2 * i + 1] = (float)(0.9 * way * Math.Sin(angle)) + noise * (float)rng.NextNormal();
            sides[i] = side;
        }
        return new Spirals(points, sides);
    }

    /// <summary>As a set to train on.</summary>
    public Dataset ToDataset() => Dataset.FromArrays(Points, [2], Sides, [1]);
}
