using System.Globalization;
using System.Text;

namespace Series;

/// <summary>Draws the end of a series with the forecasts, as SVG.</summary>
internal static class ForecastPlot
{
    const int Width = 960, Height = 360, Left = 64, Right = 16, Top = 40, Bottom = 44;

    /// <summary>A whole SVG document.</summary>
    /// <param name="name">What the values are.</param>
    /// <param name="first">The index of the first value shown.</param>
    /// <param name="actual">The true values.</param>
    /// <param name="forecast">Their forecasts.</param>
    /// <param name="future">What is forecast after them.</param>
    public static string Draw(string name, int first, ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, ReadOnlySpan<double> future)
    {
        double[] all = [.. actual, .. forecast, .. future];
        var (low, high) = (all.Min(), all.Max());
        double step = Step((high - low) / 5);
        low = Math.Floor(low / step) * step;
        high = Math.Ceiling(high / step) * step;
        int count = actual.Length + future.Length;
        double X(int i) => Left + i / (double)Math.Max(1, count - 1) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - (value - low) / (high - low) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        void Line(string style, ReadOnlySpan<double> values, int offset)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" {style} points=\"");
            for (int i = 0; i < values.Length; i++)
                svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " ")}{X(offset + i):F1},{Y(values[i]):F1}");
            svg.Append("\"/>\n");
        }
        void Legend(int x, string style, string text) => svg.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{x}\" y1=\"22\" x2=\"{x + 24}\" y2=\"22\" {style}/><text x=\"{x + 30}\" y=\"26\">{text}</text>\n");

        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"Helvetica, "
                + $"Arial, sans-serif\" font-size=\"12\" fill=\"#333\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (double tick = low; tick <= high + step / 2; tick += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{Y(tick):F1}\" x2=\"{Width - Right}\" y2=\"{Y(tick):F1}\" stroke=\"#ddd\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:F1}\" text-anchor=\"end\">{Math.Round(tick, 10):G6}</text>\n");
        }
        int every = Math.Max(1, (int)Step(count / 8.0));
        for (int i = (every - first % every) % every; i < count; i += every)
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{X(i):F1}\" y1=\"{Height - Bottom}\" x2=\"{X(i):F1}\" y2=\"{Height - Bottom + 5}\" stroke=\"#888\"/><text x=\"{X(i):F1}\" "
                    + $"y=\"{Height - Bottom + 19}\" text-anchor=\"middle\">{first + i}</text>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{System.Security.SecurityElement.Escape(name)}, value "
                + $"by value</text>\n");

        const string Actual = "stroke=\"#444\" stroke-width=\"1.5\"", Forecast = "stroke=\"#d1661f\" stroke-width=\"1.5\"",
            Future = "stroke=\"#1f6fb2\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"";
        Line(Actual, actual, 0);
        Line(Forecast, forecast, actual.Length - forecast.Length);
        // Its line goes on from the last true value.
        Line(Future, [actual[^1], .. future], actual.Length - 1);
        Legend(Left, Actual, "true");
        Legend(Left + 90, Forecast, "forecast from the true values before");
        Legend(Left + 370, Future, "forecast from its own forecasts");
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A round number (1, 2 or 5 times a power of ten) at or above a number.</summary>
    static double Step(double rough)
    {
        if (!(rough > 0))
            return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 };
    }
}
