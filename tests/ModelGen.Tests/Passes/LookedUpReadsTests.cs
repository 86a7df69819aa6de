using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Passes;

/// <summary>Elements that are looked up in a value with ends of its own: labels may point beside what the value reads.</summary>
public class LookedUpReadsTests
{
    [Theory]
    [InlineData("Gather(Pad(x, [0, 2]), 1, k)")]
    [InlineData("Gather(Pad(x, [2, 0], value: 0.5f), 1, k)")]
    [InlineData("Gather(Concat(1, Slice(x, 1, 0, 2), x * 0 + 1), 1, k)")]
    [InlineData("Gather(Concat(1, x, Tanh(x)), 1, j)")]
    [InlineData("Gather(Pad(x, [1, 1], \"replicate\"), 1, k)")]
    [InlineData("Gather(Pad(x, [1, 1], \"reflect\"), 1, k)")]
    [InlineData("Gather(-Pad(x, [2, 0]), 1, k)")]
    [InlineData("Take(Pad(p, [0, 2, 0, 0]), k)")]
    [InlineData("Take(Pad(p, [1, 1, 1, 0]), k)")]
    [InlineData("Take(Concat(0, p, p * p), j)")]
    [InlineData("Gather(Slice(Pad(x, [3, 3]), 1, 1, 6), 1, k)")]
    public void LookUp_BesideWhatAValueReads_GivesItsEnds(string forward)
    {
        var labels = forward.EndsWith("j)", StringComparison.Ordinal) ? "[Classes(6, Shape = new[] { 4 })] Labels j"
            : "[Classes(5, Shape = new[] { 7 })] Labels k";
        var result = Driver.Evaluate($$"""
            [Model] public partial class M
            {
                readonly Tensor p = Parameter(3, 4), q = Parameter(3);
                public Tensor Forward([Shape(3)] Tensor data, {{labels}}) { var x = data + q; return {{forward}}; }
                public Tensor Loss(Tensor y) => Sum(y) + Mean(y * y * y);
            }
            """);

        new EmittedModel(new ModelGraphs("", "M", result.Training!, result.Evaluation!)).MatchesInterpreter(3, tolerance: 1e-4);
    }

    [Theory]
    [InlineData("3, 8", "2, 8")]
    [InlineData("3, 2, 8", "1, 2, 8")]
    [InlineData("3, 5, 17", "4, 5, 17")]
    [InlineData("3, 64", "3, 64")]
    public void Gather_ByAnIndexForEachColumn_AddsToTheRowOfEach(string shape, string indices)
    {
        var result = Driver.Evaluate($$"""
            [Model] public partial class M
            {
                readonly Tensor p = Parameter({{shape}});
                public Tensor Forward([Shape({{shape}})] Tensor x, [Classes(3, Shape = new[] { {{indices}} })] Labels k) => Gather(x + p, 1, k);
                public Tensor Loss(Tensor y) => Sum(y * y) + Mean(y);
            }
            """);

        new EmittedModel(new ModelGraphs("", "M", result.Training!, result.Evaluation!)).MatchesInterpreter(3, tolerance: 1e-4);
    }
}
