using ModelGen.Conformance;

namespace ModelGen.Tests.Conformance;

/// <summary>Every vector of the project, as a model that the generator compiles: outputs, gradients, directional derivatives, state.</summary>
public class ConformanceTests(ConformanceFixture fixture) : IClassFixture<ConformanceFixture>
{
    public static TheoryData<string> Rows => [.. AllRows()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Vectors_OfARow_Agree(string row)
    {
        var results = fixture[row].ToList();
        Assert.NotEmpty(results);
        Assert.True(results.All(r => r.Passed), string.Join("\n", results.Where(r => !r.Passed).Select(r => r.Name + ": " + string.Join("; ", r.Failures))));
    }

    private static IEnumerable<string> AllRows() =>
        CaseFolder.ReadAll(ConformanceFixture.Vectors).Select(f => f.Case is { } c ? ConformanceRun.RowOf(c) : "initializers").Distinct();

    [Fact]
    public void Table_HasNoOtherRow() => Assert.Equal(AllRows().Order(StringComparer.Ordinal), fixture.Rows.Order(StringComparer.Ordinal));
}
