namespace ModelGen.RandomPrograms;

/// <summary>A layer of a program.</summary>
internal sealed record Field(string Name, string Type, string Factory);
