using System.Globalization;

namespace ModelGen.MutatedFiles;

/// <summary>What became of the mutated files of one reader.</summary>
/// <param name="Reader">Its name.</param>
/// <param name="Files">How many there were.</param>
/// <param name="Refused">How many were refused with the documented exception.</param>
/// <param name="MostBytes">The most memory that was allocated for one.</param>
/// <param name="Failures">What was not as it should be, each with the seed that gives it again.</param>
internal sealed record CampaignResult(string Reader, int Files, int Refused, long MostBytes, IReadOnlyList<string> Failures)
{
    private const int Shown = 5;

    /// <summary>Writes a line, and the first failures below it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Reader,-18} {Files} files: {Refused} refused, {Files - Refused - Failures.Count} taken, {Failures.Count} failures; "
            + $"at most {MostBytes} bytes for one")
        + string.Concat(Failures.Take(Shown).Select(f => "\n  " + f));
}
