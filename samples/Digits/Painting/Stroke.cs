using System.Globalization;
using System.Numerics;

namespace Digits.Painting;

/// <summary>
/// One pen stroke of a glyph: points in percent of the glyph's box (x right, y down), joined by a smooth curve that
/// breaks at corners.
/// </summary>
/// <remarks>
/// The curve is a centripetal Catmull-Rom spline (C. Yuksel et al., "Parameterization and applications of Catmull-Rom
/// curves", 2011): it passes through its points and makes no loops of its own where they are unevenly spaced.
/// </remarks>
internal sealed class Stroke
{
    const int PiecesPerSpan = 6;

    readonly Vector2[] _points;
    readonly bool[] _corners;
    readonly bool _closed;

    Stroke(Vector2[] points, bool[] corners, bool closed) => (_points, _corners, _closed) = (points, corners, closed);

    /// <summary>Reads <c>"x,y x,y! … z"</c>: <c>!</c> marks a corner, a final <c>z</c> closes the curve.</summary>
    public static Stroke Parse(string text)
    {
        string[] words = text.Split(' ');
        bool closed = words[^1] == "z";
        var points = new Vector2[closed ? words.Length - 1 : words.Length];
        var corners = new bool[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            corners[i] = words[i].EndsWith('!');
            string[] xy = words[i].TrimEnd('!').Split(',');
            points[i] = new Vector2(
                float.Parse(xy[0], CultureInfo.InvariantCulture),
                float.Parse(xy[1], CultureInfo.InvariantCulture)) / 100f;
        }
        return new Stroke(points, corners, closed);
    }

    /// <summary>
    /// Appends the stroke's course as a polyline in the unit box, each control point first moved at random by a bell
    /// curve of width <paramref name="wobble"/>.
    /// </summary>
    public void Trace(ref PaintRandom random, float wobble, List<Vector2> course)
    {
        int count = _points.Length;
        Span<Vector2> moved = stackalloc Vector2[count];
        for (int i = 0; i < count; i++)
            moved[i] = _points[i] + new Vector2(random.Bell(), random.Bell()) * wobble;

        int spans = _closed ? count : count - 1;
        for (int i = 0; i < spans; i++)
        {
            int next = (i + 1) % count;
            Vector2 from = moved[i], to = moved[next];
            Vector2 before = Neighbour(moved, i, -1), after = Neighbour(moved, next, +1);
            for (int piece = 0; piece < PiecesPerSpan; piece++)
                course.Add(OnSpline(before, from, to, after, piece / (float)PiecesPerSpan));
        }
        course.Add(_closed ? moved[0] : moved[count - 1]);
    }

    /// <summary>The point that shapes the curve beyond <paramref name="at"/>; mirrored where the curve ends or breaks.</summary>
    Vector2 Neighbour(ReadOnlySpan<Vector2> points, int at, int direction)
    {
        int neighbour = at + direction;
        if (_closed)
            neighbour = (neighbour + points.Length) % points.Length;
        if (!_corners[at] && neighbour >= 0 && neighbour < points.Length)
            return points[neighbour];
        int inside = (at - direction + points.Length) % points.Length;
        return 2 * points[at] - points[inside];
    }

    static Vector2 OnSpline(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float u)
    {
        // Barry and Goldman's pyramid, with knots spaced by the square root of the distance.
        float t1 = Knot(p0, p1), t2 = t1 + Knot(p1, p2), t3 = t2 + Knot(p2, p3);
        float t = t1 + (t2 - t1) * u;
        Vector2 a1 = Vector2.Lerp(p0, p1, t / t1);
        Vector2 a2 = Vector2.Lerp(p1, p2, (t - t1) / (t2 - t1));
        Vector2 a3 = Vector2.Lerp(p2, p3, (t - t2) / (t3 - t2));
        Vector2 b1 = Vector2.Lerp(a1, a2, t / t2);
        Vector2 b2 = Vector2.Lerp(a2, a3, (t - t1) / (t3 - t1));
        return Vector2.Lerp(b1, b2, (t - t1) / (t2 - t1));
    }

    // Two points that wobbled onto each other would divide by zero.
    static float Knot(Vector2 a, Vector2 b) => MathF.Max(MathF.Sqrt(Vector2.Distance(a, b)), 1e-3f);
}
