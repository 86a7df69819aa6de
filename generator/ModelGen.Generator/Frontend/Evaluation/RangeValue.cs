namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary><c>Start..End</c>; each an int, a <see cref="FromEnd"/> or null.</summary>
internal sealed record RangeValue(object? Start, object? End);
