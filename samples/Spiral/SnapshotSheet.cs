using System.Globalization;
using System.Text;
using Samples;

namespace Spiral;

/// <summary>Draws snapshots side by side: above the input plane with the decision boundary, below the plane of the hidden layer.</summary>
internal static class SnapshotSheet
{
    const int Panel = 240, Gap = 16, Top = 34;
    static readonly (int R, int G, int B) First = (31, 111, 178), Second = (209, 102, 31);

    /// <summary>A whole SVG document.</summary>
    public static string Draw(IReadOnlyList<Snapshot> snapshots, Spirals spirals)
    {
        int width = snapshots.Count * (Panel + Gap) + Gap, height = Top + 2 * (Panel + Gap) + 8;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"Helvetica, "
                + $"Arial, sans-serif\" font-size=\"13\" fill=\"#333\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < snapshots.Count; i++)
        {
            int left = Gap + i * (Panel + Gap);
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{left + Panel / 2}\" y=\"22\" text-anchor=\"middle\">epoch {snapshots[i].Epoch}, {100 * snapshots[i].Accuracy:F1} "
                    + $"% right</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({left} {Top})\">\n");
            DrawInput(svg, snapshots[i], spirals);
            svg.Append(CultureInfo.InvariantCulture, $"</g>\n<g transform=\"translate({left} {Top + Panel + Gap})\">\n");
            DrawHidden(svg, snapshots[i], spirals);
            svg.Append("</g>\n");
        }
        return svg.Append("</svg>\n").ToString();
    }

    static void DrawInput(StringBuilder svg, Snapshot snapshot, Spirals spirals)
    {
        var pixels = new byte[3 * snapshot.Map.Length];
        for (int i = 0; i < snapshot.Map.Length; i++)
        {
            float p = snapshot.Map[i];
            // Pale, so that the points stand out; white where the network is undecided.
            var ink = p < 0.5f ? First : Second;
            float strength = 0.45f * Math.Abs(2 * p - 1);
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = (Mix(ink.R, strength), Mix(ink.G, strength), Mix(ink.B, strength));
        }
        string png = Convert.ToBase64String(Png.Write(pixels, Snapshot.Cells));
        svg.Append(CultureInfo.InvariantCulture, $"<image width=\"{Panel}\" height=\"{Panel}\" href=\"data:image/png;base64,{png}\"/>\n");
        Frame(svg);
        DrawPoints(svg, [.. Enumerable.Range(0, spirals.Count).Select(i => ((double)spirals.Points[2 * i], (double)spirals.Points[2 * i + 1]))], spirals);
    }

    static void DrawHidden(StringBuilder svg, Snapshot snapshot, Spirals spirals)
    {
        svg.Append("<g fill=\"none\" stroke=\"#bbb\" stroke-width=\"0.6\">\n");
        foreach (var line in snapshot.Lines)
        {
            svg.Append("<polyline points=\"");
            svg.AppendJoin(' ', line.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.X):F1},{Y(p.Y):F1}")));
            svg.Append("\"/>\n");
        }
        svg.Append("</g>\n");
        Frame(svg);
        DrawPoints(svg, snapshot.Places, spirals);
        if (Border(snapshot.Border) is { } border)
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{X(border.X1):F1}\" y1=\"{Y(border.Y1):F1}\" x2=\"{X(border.X2):F1}\" y2=\"{Y(border.Y2):F1}\" stroke=\"black\" "
                    + $"stroke-width=\"1.5\"/>\n");
    }

    static void DrawPoints(StringBuilder svg, (double X, double Y)[] places, Spirals spirals)
    {
        foreach (float side in (float[])[0, 1])
        {
            var ink = side == 0 ? First : Second;
            svg.Append(CultureInfo.InvariantCulture, $"<g fill=\"rgb({ink.R},{ink.G},{ink.B})\" stroke=\"white\" stroke-width=\"0.5\">\n");
            for (int i = 0; i < places.Length; i++)
                if (spirals.Sides[i] == side)
                    svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(places[i].X):F1}\" cy=\"{Y(places[i].Y):F1}\" r=\"2.4\"/>\n");
            svg.Append("</g>\n");
        }
    }

    static void Frame(StringBuilder svg) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Panel}\" height=\"{Panel}\" fill=\"none\" stroke=\"#888\"/>\n");

    /// <summary>The part of the line a·x + b·y + c = 0 inside [-1, 1]², or null.</summary>
    static (double X1, double Y1, double X2, double Y2)? Border((double A, double B, double C) line)
    {
        var (a, b, c) = line;
        var ends = new List<(double X, double Y)>();
        foreach (double side in (double[])[-1, 1])
        {
            if (b != 0 && Math.Abs((a * side + c) / b) <= 1)
                ends.Add((side, -(a * side + c) / b));
            if (a != 0 && Math.Abs((b * side + c) / a) < 1)
                ends.Add((-(b * side + c) / a, side));
        }
        return ends.Count < 2 ? null : (ends[0].X, ends[0].Y, ends[1].X, ends[1].Y);
    }

    static double X(double x) => (x + 1) / 2 * Panel;

    static double Y(double y) => (1 - y) / 2 * Panel;

    static byte Mix(int ink, float strength) => (byte)Math.Round(255 + (ink - 255) * strength);
}
