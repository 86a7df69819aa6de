namespace ModelGen.Conformance;

/// <summary>A vector file is not what the format says.</summary>
internal sealed class CaseFormatException(string message) : Exception(message);
