using ModelGen.Conformance;

namespace ModelGen.Tests.Ops;

/// <summary>Every operator of the conformance vectors, computed by PyTorch: outputs, gradients and directional derivatives of the graph.</summary>
public class GraphConformanceTests
{
    private static readonly Dictionary<string, ConformanceCase> s_cases =
        CaseFolder.Read(Path.Combine(AppContext.BaseDirectory, "Vectors.zip"), "ops").ToDictionary(c => c.Name);

    public static TheoryData<string> Names => new(s_cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_WithSymbolicBatch_Agrees(string name) => Check(name, symbolic: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_WithBatchAsNumber_Agrees(string name) => Check(name, symbolic: false);

    private static void Check(string name, bool symbolic)
    {
        var @case = s_cases[name];
        var description = CaseMap.Describe(@case);
        Assert.True(description is not null, $"There is no op for {@case.Op}.");
        var failures = GraphRun.Run(@case, description, symbolic);
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }
}
