using System.Reflection;
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
        // By the stand-in where the processor has none: it is what the model was compiled against.
        var has = model.Assembly.GetType(model.Graphs.CompiledNamespace + ".Compiled")!.GetProperty("HasAvx512", BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.True((bool)has.GetValue(null)!);
        Assert.Contains("if (HasAvx512) ", model.Text, StringComparison.Ordinal);
    }
}
