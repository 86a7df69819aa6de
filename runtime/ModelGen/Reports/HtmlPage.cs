using System.Text;

namespace ModelGen;

/// <summary>A page that needs nothing beside it.</summary>
internal static class HtmlPage
{
    private const string Style =
        "body{font-family:Helvetica,Arial,sans-serif;color:#222;margin:2em auto;max-width:70em;padding:0 1em}"
            + "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.25em .6em;text-align:right;font-variant-numeric:tabular-nums}"
            + "td:first-child,th{text-align:left;background:#f5f5f5}td.right{background:#dff0d8}td.wrong{background:#f8e0dc}"
            + "pre{background:#f5f5f5;padding:1em;overflow-x:auto;font-size:.85em}svg{max-width:100%;height:auto}";

    /// <summary>Writes a page, whole or not at all.</summary>
    public static void Save(string path, string title, string body)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var heading = SvgPanel.Escape(title);
        var page = $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{heading}</title>"
            + $"<meta name=\"viewport\" content=\"width=device-width\"><style>{Style}</style></head>\n<body><h1>{heading}</h1>\n{body}</body></html>\n";
        WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(page)));
    }
}
