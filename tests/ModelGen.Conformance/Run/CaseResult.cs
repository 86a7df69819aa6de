namespace ModelGen.Conformance;

/// <summary>What became of a case.</summary>
/// <param name="Operator">The row of the table it belongs to.</param>
/// <param name="Compared">How many tensors of each kind were compared.</param>
/// <param name="Failures">What differs, one line each; nothing where the case passes.</param>
internal sealed record CaseResult(string Name, string Operator, Comparison Compared, IReadOnlyList<string> Failures)
{
    public bool Passed => Failures.Count == 0;

    public static CaseResult Failed(string name, string @operator, params string[] reasons) => new(name, @operator, new(), reasons);
}
