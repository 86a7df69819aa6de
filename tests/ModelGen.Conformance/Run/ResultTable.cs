namespace ModelGen.Conformance;

/// <summary>Prints results: a line for each operator, what failed, and the sum.</summary>
internal static class ResultTable
{
    private static readonly string[] s_groups = ["outputs", "grads", "jvp", "state"];

    public static void Write(IReadOnlyList<CaseResult> results, TextWriter writer)
    {
        var width = Math.Max(8, results.Select(r => r.Operator.Length).DefaultIfEmpty().Max());
        writer.WriteLine($"{"operator".PadRight(width)}  passed  failed  outputs  vjp   jvp   state");
        foreach (var row in results.GroupBy(r => r.Operator))
        {
            var counts = s_groups.Select(g => row.Sum(r => r.Compared.Count(g))).ToArray();
            var passed = row.Count(r => r.Passed);
            writer.WriteLine(FormattableString.Invariant(
                $"{row.Key.PadRight(width)}  {passed,6}  {row.Count() - passed,6}  {counts[0],7}  {counts[1],4}  {counts[2],4}  {counts[3],5}"));
        }
        foreach (var result in results.Where(r => !r.Passed))
        {
            writer.WriteLine();
            writer.WriteLine($"FAILED {result.Name} ({result.Operator})");
            foreach (var failure in result.Failures) writer.WriteLine("  " + failure);
        }
        writer.WriteLine();
        writer.WriteLine(Summary(results));
    }

    public static string Summary(IReadOnlyList<CaseResult> results) =>
        FormattableString.Invariant($"{results.Count(r => r.Passed)} passed, {results.Count(r => !r.Passed)} failed, 0 skipped");
}
