using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>One pair of axes with curves.</summary>
internal sealed class SvgPanel
{
    /// <summary>The width in pixels.</summary>
    public const int Width = 460;

    /// <summary>The height in pixels.</summary>
    public const int Height = 320;

    private const int Left = 62;
    private const int Right = 18;
    private const int Top = 14;
    private const int Bottom = 46;

    private readonly string _label;
    private readonly string _xLabel;
    private readonly bool _isPercent;
    private readonly IReadOnlyList<SvgCurve> _curves;
    private readonly double[] _xTicks;
    private readonly double[] _yTicks;

    public SvgPanel(string label, bool isPercent, IReadOnlyList<SvgCurve> curves, string xLabel = "epoch")
    {
        _label = label;
        _xLabel = xLabel;
        _isPercent = isPercent;
        _curves = curves;
        var xs = curves.SelectMany(curve => curve.Points).Select(point => point.X).ToArray();
        var ys = curves.SelectMany(curve => curve.Points).Select(point => point.Y).ToArray();
        _xTicks = Ticks(xs.Min(), xs.Max(), wholeNumbers: true);
        _yTicks = Ticks(ys.Min(), ys.Max(), wholeNumbers: false);
    }

    /// <summary>Writes text as XML content.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Draws it with its upper left corner at a place.</summary>
    public void Append(StringBuilder svg, int x, int y)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({x} {y})\">\n");
        AppendAxes(svg);
        for (var i = 0; i < _curves.Count; i++)
            AppendCurve(svg, _curves[i], legendRow: i);
        svg.Append("</g>\n");
    }

    /// <summary>Round numbers (1, 2 or 5 times a power of ten apart) from at or below the lowest value to at or above the highest.</summary>
    internal static double[] Ticks(double low, double high, bool wholeNumbers)
    {
        if (high - low < 1e-12 * Math.Max(1, Math.Abs(high)))
        {
            // One value only: some room around it, so that its line is not an axis.
            var room = wholeNumbers ? 1 : Math.Max(Math.Abs(high) * 0.1, 1e-6);
            (low, high) = (low - room, high + room);
        }

        var rough = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 };
        if (wholeNumbers)
            step = Math.Max(1, Math.Round(step));
        var first = Math.Floor(low / step + 1e-9);
        var last = Math.Ceiling(high / step - 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    private void AppendAxes(StringBuilder svg)
    {
        svg.Append("<g stroke=\"#ddd\">\n");
        foreach (var tick in _yTicks)
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{Y(tick):F1}\" x2=\"{Width - Right}\" y2=\"{Y(tick):F1}\"/>\n");
        foreach (var tick in _xTicks)
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{X(tick):F1}\" y1=\"{Height - Bottom}\" x2=\"{X(tick):F1}\" y2=\"{Height - Bottom + 5}\" stroke=\"#888\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\" fill=\"none\" stroke=\"#888\"/>\n</g>\n");
        foreach (var tick in _yTicks)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:F1}\" text-anchor=\"end\">{YText(tick)}</text>\n");
        foreach (var tick in _xTicks)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{tick:0}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">{_xLabel}</text>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{_label}</text>\n");
    }

    private void AppendCurve(StringBuilder svg, SvgCurve curve, int legendRow)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{curve.Color}\" stroke-width=\"2\" points=\"");
        svg.AppendJoin(' ', curve.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")));
        svg.Append("\"/>\n");
        foreach (var (x, y) in curve.Points.Length <= 60 ? curve.Points : [])
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(x):F1}\" cy=\"{Y(y):F1}\" r=\"2.5\" fill=\"{curve.Color}\"/>\n");

        // Loss falls to the right and accuracy rises: the legend goes where no curve is.
        var row = _isPercent ? Height - Bottom - 14 - 18 * (_curves.Count - 1 - legendRow) : Top + 14 + 18 * legendRow;
        svg.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{Width - Right - 104}\" y1=\"{row - 4}\" x2=\"{Width - Right - 82}\" y2=\"{row - 4}\" stroke=\"{curve.Color}\" "
                + $"stroke-width=\"2\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right - 76}\" y=\"{row}\">{Escape(curve.Name)}</text>\n");
    }

    private double X(double value) => Left + (value - _xTicks[0]) / (_xTicks[^1] - _xTicks[0]) * (Width - Left - Right);

    private double Y(double value) => Height - Bottom - (value - _yTicks[0]) / (_yTicks[^1] - _yTicks[0]) * (Height - Top - Bottom);

    private string YText(double tick)
    {
        var step = (_yTicks[1] - _yTicks[0]) * (_isPercent ? 100 : 1);
        var digits = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        var text = (_isPercent ? 100 * tick : tick).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return _isPercent ? text + " %" : text;
    }
}
