namespace ModelGen;

/// <summary>The exception that is thrown when a safetensors file is damaged, or does not fit the model. Nothing was changed.</summary>
public sealed class SafeTensorsException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="SafeTensorsException"/> class for a damaged file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    public SafeTensorsException(string path, string problem)
        : base($"{path}: {problem}") => Path = path;

    /// <summary>Initializes a new instance of the <see cref="SafeTensorsException"/> class for a file that does not fit the model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="missing">Names the model has and the file has not.</param>
    /// <param name="unexpected">Names the file has and the model has not.</param>
    /// <param name="mismatched">Tensors of another shape or type: a sentence for each.</param>
    public SafeTensorsException(
        string path, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> mismatched)
        : base(Describe(path, missing, unexpected, mismatched))
    {
        Path = path;
        Missing = missing;
        Unexpected = unexpected;
        Mismatched = mismatched;
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets the names that the model has and the file does not.</summary>
    public IReadOnlyList<string> Missing { get; } = [];

    /// <summary>Gets the names that the file has and the model does not.</summary>
    public IReadOnlyList<string> Unexpected { get; } = [];

    /// <summary>Gets one sentence for each tensor of another shape or type.</summary>
    public IReadOnlyList<string> Mismatched { get; } = [];

    private static string Describe(
        string path, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> mismatched)
    {
        var parts = new List<string>();
        if (missing.Count > 0)
            parts.Add($"missing: {string.Join(", ", missing)}");
        if (unexpected.Count > 0)
            parts.Add($"unexpected: {string.Join(", ", unexpected)}");
        if (mismatched.Count > 0)
            parts.Add($"not fitting: {string.Join("; ", mismatched)}");
        return $"{path}: the tensors do not fit: {string.Join(". ", parts)}.";
    }
}
