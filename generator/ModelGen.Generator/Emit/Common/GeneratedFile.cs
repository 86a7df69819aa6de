namespace ModelGen.Generator.Emit.Common;

/// <summary>A file to add to the user's compilation; the suffix follows the model's name.</summary>
internal readonly record struct GeneratedFile(string Suffix, string Text);
