namespace ModelGen;

/// <summary>The exception that is thrown when a data file is damaged or is not what it should be.</summary>
public sealed class DataFormatException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="DataFormatException"/> class.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">The byte where the problem is (after unpacking), or −1.</param>
    /// <param name="problem">What is wrong and what was expected, without the path.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public DataFormatException(string path, long offset, string problem, Exception? inner = null)
        : base(FormattableString.Invariant(offset < 0 ? $"{path}: {problem}" : (FormattableString)$"{path}, offset {offset}: {problem}"), inner)
    {
        Path = path;
        Offset = offset;
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets the byte where the problem is (after unpacking), or −1.</summary>
    public long Offset { get; }
}
