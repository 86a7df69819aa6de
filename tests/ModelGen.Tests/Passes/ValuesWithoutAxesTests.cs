using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Passes;

/// <summary>Numbers that are one for all: parameters without axes, and sums over everything, the batch included. No pass may expect an axis of them.</summary>
public class ValuesWithoutAxesTests
{
    [Theory]
    [InlineData("", "[Shape(3)]", "fc(x)", "Variance(y - target)")]
    [InlineData("readonly Tensor scale = Parameter();", "[Shape(3, 5, 5)]", "fc(GlobalAvgPool2d(x * scale))", "MseLoss(y, target)")]
    [InlineData("readonly Tensor scale = Parameter();", "[Shape(3, 5, 5)]", "fc(Flatten(MaxPool2d(x * scale, 2)))", "Mean(y * scale) + Variance(target * y)")]
    [InlineData("", "[Shape(8)]", "fc(x / Sqrt(Variance(x, keepDims: true) + 1e-5f))", "MseLoss(y, target)")]
    [InlineData("", "[Shape(8, 8)]", "fc(Mean(x - Max(x), [2]) * Mean(x))", "Sum(y * Sum(y * target))")]
    [InlineData("readonly Layer norm = LayerNorm();", "[Shape(4, 8)]", "fc(Flatten(norm(x * Sum(x, keepDims: true))))", "Mean(y * target) - Variance(y)")]
    [InlineData("readonly Layer norm = BatchNorm2d();", "[Shape(2, 4, 4)]", "fc(Flatten(AvgPool2d(norm(x - Mean(x)), 2)))",
        "Max(y) * Min(target) + Variance(y) * Mean(y)")]
    [InlineData("readonly Tensor p = Parameter(2, 3), q = Parameter();", "[Shape(2, 3)]", "fc(Sum(x * (p * q - Variance(p)), [1]) * Mean(p))", "Mean(y * y)")]
    public void NumberForAll_IsReadAndSummedAnywhere(string fields, string shape, string forward, string loss)
    {
        var target = loss.Contains("target", StringComparison.Ordinal) ? ", [Shape(4)] Tensor target" : "";
        var result = Driver.Evaluate($$"""
            [Model] public partial class M
            {
                readonly Layer fc = Linear(4);
                {{fields}}
                public Tensor Forward({{shape}} Tensor x) => {{forward}};
                public Tensor Loss(Tensor y{{target}}) => {{loss}};
            }
            """);

        new EmittedModel(new ModelGraphs("", "M", result.Training!, result.Evaluation!)).MatchesInterpreter(3, tolerance: 1e-4);
    }
}
