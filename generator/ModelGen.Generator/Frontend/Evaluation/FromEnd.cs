namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary><c>^Distance</c>.</summary>
internal sealed record FromEnd(int Distance);
