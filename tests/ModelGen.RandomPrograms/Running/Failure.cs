namespace ModelGen.RandomPrograms;

/// <summary>What went wrong with a program.</summary>
/// <param name="Kind">Equal for two programs that show the same fault, as far as can be told: what a smaller program has to keep.</param>
internal sealed record Failure(string Kind, string Message)
{
    public override string ToString() => $"{Kind}: {Message}";
}
