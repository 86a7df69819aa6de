using ModelGen.Conformance;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>PyTorch's vectors on the kernels for ILGPU: the smallest cases that between them have every op of the vectors.
/// <c>ModelGen.Conformance --gpu</c> runs all.</summary>
public class ConformanceTests(ConformanceTests.Results results) : IClassFixture<ConformanceTests.Results>
{
    private static readonly Lazy<IReadOnlyList<CaseFile>> s_cases = new(Choose);

    public static TheoryData<string> Names => [.. s_cases.Value.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Vector_OnTheGpusKernels_Agrees(string name)
    {
        var result = results.All.Value[name];
        Assert.True(result.Passed, string.Join("; ", result.Failures));
    }

    [Fact]
    public void Numbers_AtTheEdges_AreRightOnTheGpusKernels()
    {
        var rows = ConformanceRun.Run(new RunOptions(Path.Combine(AppContext.BaseDirectory, "Numbers.json"), Gpu: true));
        Assert.True(rows.All(r => r.Passed), string.Join("\n", rows.Where(r => !r.Passed).Select(r => r.Name + ": " + string.Join("; ", r.Failures))));
        Assert.True(rows.Count > 100);
    }

    private static List<CaseFile> Choose()
    {
        var ops = CaseFolder.ReadAll(Path.Combine(AppContext.BaseDirectory, "Vectors.zip")).Where(f => f.Case is { Kind: "op" }).ToList();
        var chosen = new List<CaseFile>();
        var covered = new HashSet<string>();
        foreach (var file in ops.OrderBy(f => Size(f.Case!)).ThenBy(f => f.Name, StringComparer.Ordinal))
        {
            var before = covered.Count;
            covered.UnionWith(CaseMap.Describe(file.Case!)!.Steps.Select(s => s.Op));
            if (covered.Count > before) chosen.Add(file);
        }

        return chosen;
    }

    private static int Size(ConformanceCase c) => c.Inputs.Values.Concat(c.Parameters.Values).Concat(c.Outputs.Values).Sum(t => t.Data.Length);

    public sealed class Results
    {
        internal Lazy<Dictionary<string, CaseResult>> All { get; } =
            new(() => new ConformanceRun(new("", Gpu: true)).Run(s_cases.Value).ToDictionary(r => r.Name));
    }
}
