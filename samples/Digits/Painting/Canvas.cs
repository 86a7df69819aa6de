using System.Numerics;

namespace Digits.Painting;

/// <summary>A square grey picture: 0 is background, 1 full ink.</summary>
internal sealed class Canvas(int size)
{
    readonly float[] _ink = new float[size * size];

    /// <summary>Height and width in pixels.</summary>
    public int Size => size;

    /// <summary>Wipes the picture.</summary>
    public void Clear() => Array.Clear(_ink);

    /// <summary>
    /// Draws a polyline of round pen marks, in pixels. A pixel's ink is how far the pen's edge lies beyond its centre,
    /// clamped to [0, 1], so edges are smooth one pixel wide; where marks overlap the darker one stays.
    /// </summary>
    /// <param name="course">The corners of the line.</param>
    /// <param name="startRadius">Half the pen's width at the first corner.</param>
    /// <param name="endRadius">Half the pen's width at the last corner.</param>
    /// <param name="strength">The ink of a fully covered pixel.</param>
    public void Draw(ReadOnlySpan<Vector2> course, float startRadius, float endRadius, float strength)
    {
        float perStep = (endRadius - startRadius) / Math.Max(1, course.Length - 1);
        for (int i = 0; i + 1 < course.Length; i++)
            DrawSegment(course[i], course[i + 1], startRadius + perStep * i, strength);
    }

    /// <summary>Adds a soft round stain of the given radius (standard deviation) in pixels.</summary>
    public void Stain(Vector2 centre, float radius, float strength)
    {
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                float squared = Vector2.DistanceSquared(new Vector2(x, y), centre) / (radius * radius);
                if (squared < 12)
                    _ink[y * size + x] += strength * MathF.Exp(-0.5f * squared);
            }
    }

    /// <summary>Writes the picture as bytes, row by row, with bell-shaped noise of the given strength added.</summary>
    public void Develop(ref PaintRandom random, float noise, Span<byte> pixels)
    {
        for (int i = 0; i < _ink.Length; i++)
            pixels[i] = (byte)(Math.Clamp(_ink[i] + noise * random.Bell(), 0f, 1f) * 255f + 0.5f);
    }

    void DrawSegment(Vector2 from, Vector2 to, float radius, float strength)
    {
        float reach = radius + 0.5f;
        Vector2 low = Vector2.Min(from, to), high = Vector2.Max(from, to), along = to - from;
        int left = Math.Max(0, (int)MathF.Ceiling(low.X - reach)), right = Math.Min(size - 1, (int)(high.X + reach));
        int top = Math.Max(0, (int)MathF.Ceiling(low.Y - reach)), bottom = Math.Min(size - 1, (int)(high.Y + reach));
        float perLength = 1f / MathF.Max(along.LengthSquared(), 1e-6f);
        for (int y = top; y <= bottom; y++)
            for (int x = left; x <= right; x++)
            {
                Vector2 offset = new Vector2(x, y) - from;
                float nearest = Math.Clamp(Vector2.Dot(offset, along) * perLength, 0f, 1f);
                float distance = (offset - nearest * along).Length();
                float ink = strength * Math.Clamp(reach - distance, 0f, 1f);
                ref float pixel = ref _ink[y * size + x];
                pixel = MathF.Max(pixel, ink);
            }
    }
}
