namespace TinyGpt;

/// <summary>The characters: line feed, the 95 printable ones of ASCII, and one token for all others. Fixed, because sizes are constants of the model.</summary>
internal static class Vocabulary
{
    /// <summary>The number of tokens.</summary>
    public const int Size = 97;

    const int Other = Size - 1;

    /// <summary>One token a character. A tab becomes four blanks, a carriage return nothing.</summary>
    public static int[] Read(string text)
    {
        var tokens = new List<int>(text.Length);
        foreach (char c in text)
        {
            if (c == '\t')
                tokens.AddRange([1, 1, 1, 1]);
            else if (c != '\r')
                tokens.Add(c == '\n' ? 0 : c is >= ' ' and <= '~' ? c - ' ' + 1 : Other);
        }
        return [.. tokens];
    }

    /// <summary>The character of a token; ¤ for what has none.</summary>
    public static char Write(int token) => token switch
    {
        0 => '\n',
        Other => '¤',
        _ => (char)(token + ' ' - 1),
    };
}
