using ModelGen.MutatedFiles;

namespace ModelGen.Tests.Runtime;

/// <summary>Some mutated files for each reader; <c>dotnet run -c Release --project tests/ModelGen.MutatedFiles -- --count N</c> tries more.</summary>
public sealed class MutatedFilesTests
{
    public static TheoryData<string> Names() => [.. Readers.All.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void MutatedFiles_AreRefusedAsDocumentedOrTakenWhole(string name)
    {
        var result = Campaign.Run(Readers.All.Single(reader => reader.Name == name), seed: 0, count: 200);
        Assert.True(result.Failures.Count == 0, result.ToString());
        Assert.True(name == "checkpoint" ? result.Refused == 0 : result.Refused is > 50 and < 200, result.ToString());
    }
}
