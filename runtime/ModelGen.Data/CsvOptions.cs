namespace ModelGen;

/// <summary>Says how a CSV file is read.</summary>
public sealed record CsvOptions
{
    /// <summary>Gets what stands between fields; null, the default, to find it out from the first line.</summary>
    public char? Separator { get; init; }

    /// <summary>Gets a value indicating whether the first line has the names of the columns; otherwise they are c1, c2 and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Gets what becomes of missing numbers.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>Gets the texts that stand for a missing number, besides nothing.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["NA", "N/A", "nan", "NaN", "null", "?"];
}
