using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>A picture of panels beside one another.</summary>
internal static class SvgPage
{
    /// <summary>A whole SVG document.</summary>
    public static string Render(IReadOnlyList<SvgPanel> panels, string title)
    {
        var top = title.Length > 0 ? 34 : 8;
        var width = panels.Count * SvgPanel.Width;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {top + SvgPanel.Height}\" width=\"{width}\" height=\"{top + SvgPanel.Height}\" ");
        svg.Append("font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#333\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        if (title.Length > 0)
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{width / 2}\" y=\"24\" text-anchor=\"middle\" font-size=\"16\">{SvgPanel.Escape(title)}</text>\n");
        for (var i = 0; i < panels.Count; i++)
            panels[i].Append(svg, i * SvgPanel.Width, top);
        return svg.Append("</svg>\n").ToString();
    }
}
