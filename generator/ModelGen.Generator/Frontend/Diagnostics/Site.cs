namespace ModelGen.Generator.Frontend.Diagnostics;

/// <summary>A node of a module's IR: a position that no edit elsewhere moves.</summary>
internal readonly record struct Site(string Module, int Ordinal);
