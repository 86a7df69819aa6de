namespace ModelGen.Tests.Architecture;

/// <summary>Lines of C# are read side by side in a comparison: 160 characters are the most.</summary>
public class LineLengthTests
{
    private const int Longest = 160;

    // The folders whose lines are kept to the length.
    private static readonly string[] s_folders = ["generator", "runtime", "samples", "tests"];

    public static TheoryData<string> Folders => [.. s_folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lines_HaveAtMostSoManyCharacters(string folder)
    {
        var lines = SourceFiles.Under(folder)
            .SelectMany(f => f.Text.Split('\n').Select((line, i) => (Place: $"{folder}/{f.File}:{i + 1}", line.Length))).ToList();

        Assert.NotEmpty(lines);
        Assert.Empty(lines.Where(l => l.Length > Longest).Select(l => $"{l.Place}: {l.Length} characters"));
    }
}
