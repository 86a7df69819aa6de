using System.Globalization;
using System.Text;

namespace ModelGen.Generator.Support;

/// <summary>The characters that end a line of C#. A text of the person's that holds one would go on as code behind the comment or directive it is printed
/// in.</summary>
internal static class LineEnds
{
    private static readonly char[] All = { '\r', '\n', '\u0085', '\u2028', '\u2029' };

    /// <summary>The same text on one line: <c>\u2028</c> as C# would write it.</summary>
    public static string Escape(string text)
    {
        if (text.IndexOfAny(All) < 0) return text;
        var escaped = new StringBuilder();
        foreach (var c in text) escaped.Append(System.Array.IndexOf(All, c) < 0 ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
        return escaped.ToString();
    }
}
