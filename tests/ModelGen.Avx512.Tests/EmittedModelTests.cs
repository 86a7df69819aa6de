using ModelGen.Tests.Emit;

namespace ModelGen.Avx512.Tests;

/// <summary>Emitted models take their kernels of sixteen lanes, and compute what the interpreter does.</summary>
public class EmittedModelTests
{
    public static TheoryData<string> Names() => [.. EmitModels.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EmittedModel_MatchesInterpreter(string name)
    {
        var model = new EmittedModel(EmitModels.All[name]());
        // Fewer samples than lanes, and some more than whole vectors of them.
        foreach (var samples in EmitModels.Wide.Contains(name) ? new[] { 3 } : [1, 7, 35]) model.MatchesInterpreter(samples);
        Assert.Contains("if (HasAvx512) ", model.Text, StringComparison.Ordinal);
    }
}
