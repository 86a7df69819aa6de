using System.Text.RegularExpressions;

namespace ModelGen.Tests.Surface;

/// <summary>Writes elements of XML documentation as comments, in lines of at most 160 characters.</summary>
internal static partial class XmlDocumentation
{
    private const int Longest = 160;

    /// <summary>One element; its tags stand in lines of their own where it needs several.</summary>
    /// <param name="tag">The name, and after a space the attributes.</param>
    /// <param name="text">The content, which is XML.</param>
    /// <param name="indent">What each line begins with.</param>
    public static IEnumerable<string> Element(string tag, string text, string indent)
    {
        var end = $"</{tag.Split(' ')[0]}>";
        var line = $"{indent}/// <{tag}>{text}{end}";
        if (line.Length <= Longest) return [line];
        return [$"{indent}/// <{tag}>", .. Filled(text, indent + "/// "), $"{indent}/// {end}"];
    }

    /// <summary>With a full stop at the end, and a capital unless it begins with a symbol: <c>w, the weight of each term</c>.</summary>
    public static string Sentence(string text) => (text[1] == ',' ? text : char.ToUpperInvariant(text[0]) + text[1..]) + ".";

    private static IEnumerable<string> Filled(string text, string start)
    {
        var line = start;
        foreach (var word in Word().Matches(text).Select(m => m.Value))
        {
            if (line.Length > start.Length && line.Length + 1 + word.Length > Longest)
            {
                yield return line;
                line = start;
            }
            line += line.Length > start.Length ? " " + word : word;
        }
        yield return line;
    }

    // A tag has spaces, at which no line ends.
    [GeneratedRegex(@"(?:<[^>]*>|[^\s<])+")]
    private static partial Regex Word();
}
