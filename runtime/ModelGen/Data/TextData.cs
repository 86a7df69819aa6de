namespace ModelGen;

/// <summary>Represents a text as the words of an alphabet of characters, for a model that predicts the next one.</summary>
public sealed class TextData
{
    private readonly Dictionary<char, int> _indices = [];

    /// <summary>Initializes a new instance of the <see cref="TextData"/> class.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="alphabet">The characters in the order of their indices; null for those of the text in the order of their codes.</param>
    /// <exception cref="ArgumentException">The text is empty, or has a character that is not in the alphabet; the message says where.</exception>
    public TextData(string text, string? alphabet = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Alphabet = alphabet ?? new string([.. text.Distinct().Order()]);
        foreach (var character in Alphabet)
        {
            if (!_indices.TryAdd(character, _indices.Count))
                throw new ArgumentException($"The alphabet has '{character}' twice.", nameof(alphabet));
        }

        Indices = Encode(text);
    }

    /// <summary>Gets the characters in the order of their indices.</summary>
    public string Alphabet { get; }

    /// <summary>Gets the index of each character of the text.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>Reads a file of UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="alphabet">The characters in the order of their indices; null for those of the text.</param>
    /// <exception cref="DataFormatException">The file is empty, is not UTF-8, or has a character that is not in the alphabet.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static TextData Load(string path, string? alphabet = null)
    {
        using var file = WholeFile.OpenRead(path, problem => new DataFormatException(path, -1, problem));
        using var reader = new StreamReader(file, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            return new TextData(reader.ReadToEnd(), alphabet);
        }
        catch (Exception e) when (e is ArgumentException)
        {
            throw new DataFormatException(path, -1, e.Message, e);
        }
    }

    /// <summary>Returns the indices of the characters of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It has a character that is not in the alphabet; the message says where.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var indices = new int[text.Length];
        var line = 1;
        for (var i = 0; i < indices.Length; i++)
        {
            if (!_indices.TryGetValue(text[i], out indices[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Line {line} has '{text[i]}' (U+{(int)text[i]:X4}), which is none of the alphabet's {Alphabet.Length}."),
                    nameof(text));
            }

            line += text[i] == '\n' ? 1 : 0;
        }

        return indices;
    }

    /// <summary>Returns the text of indices.</summary>
    /// <param name="indices">Indices in the alphabet.</param>
    public string Decode(ReadOnlySpan<int> indices)
    {
        var text = new char[indices.Length];
        for (var i = 0; i < text.Length; i++)
            text[i] = Alphabet[indices[i]];
        return new string(text);
    }

    /// <summary>Returns windows of the text, each with its characters moved on by one: <c>text</c> and <c>next</c>, an index for each
    /// position.</summary>
    /// <param name="length">The characters of a window, at least 1.</param>
    /// <param name="stride">From the start of one window to that of the next, at least 1.</param>
    /// <exception cref="InvalidOperationException">The text is shorter than a window and its next character.</exception>
    public Dataset Windows(int length, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        if (Indices.Count <= length)
            throw new InvalidOperationException($"The text has {Indices.Count} characters; a window of {length} needs {length + 1}.");
        var count = (Indices.Count - length - 1) / stride + 1;
        var (inputs, labels) = (new int[(long)count * length], new int[(long)count * length]);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < length; j++)
                (inputs[i * length + j], labels[i * length + j]) = (Indices[i * stride + j], Indices[i * stride + j + 1]);
        }

        return new Dataset(new LabelColumn("text", inputs, length), new LabelColumn("next", labels, length));
    }
}
