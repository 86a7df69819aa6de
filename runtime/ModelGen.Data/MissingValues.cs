namespace ModelGen;

/// <summary>Says what becomes of fields that are empty, or are one of <see cref="CsvOptions.MissingTexts"/>, in a column of numbers.</summary>
public enum MissingValues
{
    /// <summary>They are refused.</summary>
    Refuse,

    /// <summary>They become the mean of the column's other numbers.</summary>
    Mean,

    /// <summary>They become 0.</summary>
    Zero,

    /// <summary>Their whole line is left out.</summary>
    SkipLine,
}
