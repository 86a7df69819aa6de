namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>The batch axis of <c>x.Shape</c>: it exists, and no code of a declaration may depend on it.</summary>
internal sealed class BatchSize
{
    public static readonly BatchSize Instance = new();
}
