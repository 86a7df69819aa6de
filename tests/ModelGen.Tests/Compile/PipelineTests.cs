using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Compile;

/// <summary>The order of the compiler's steps, and the file that shows what each makes.</summary>
public class PipelineTests
{
    private const string Source = """
        [Model]
        public partial class Net
        {
            readonly Layer fc = Linear(4);

            public Tensor Forward([Shape(3)] Tensor x) => Relu(fc(x));

            public Tensor Loss(Tensor y, [Shape(4)] Tensor target) => MseLoss(y, target);
        }
        """;

    [Fact]
    public void EveryStep_HasAnIdeaAndAReasonForItsPlace()
    {
        var steps = Pipeline.Preparation.Concat(Pipeline.Passes).ToList();

        Assert.Equal(steps.Count, steps.Select(s => s.Name).Distinct().Count());
        Assert.All(steps, s => Assert.NotEmpty(s.Idea));
        Assert.All(steps, s => Assert.EndsWith(".", s.Place, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryPass_IsAStep()
    {
        // Passes from graph to graph; the others make other things.
        var passes = typeof(Pipeline).Assembly.GetTypes()
            .Where(t => t is { Namespace: "ModelGen.Generator.Passes", IsNested: false } && t.GetMethod("Apply")?.ReturnType == typeof(Graph))
            .Select(t => t.Name);

        Assert.Equal(passes.Order(StringComparer.Ordinal), Pipeline.Preparation.Concat(Pipeline.Passes).Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AProjectThatAsks_GetsWhatEachStepMakes()
    {
        var result = Driver.NewGenerator(("ModelGenShowPasses", "true")).RunGenerators(Driver.Compile(Source)).GetRunResult();
        var text = result.Results[0].GeneratedSources.Single(s => s.HintName.EndsWith(".passes.g.cs", StringComparison.Ordinal)).SourceText.ToString();

        Assert.All(Pipeline.Passes, s => Assert.Contains($"---- {s.Name}: {s.Idea}.", text, StringComparison.Ordinal));
        Assert.Contains("======== Training step: kernels, in order ========", text, StringComparison.Ordinal);
        Assert.Contains("micro-kernel", text, StringComparison.Ordinal);
        Assert.Contains("======== Prediction: memory, in floats ========", text, StringComparison.Ordinal);
        Assert.Contains("Nothing to do.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens(), t => !t.IsKind(SyntaxKind.EndOfFileToken));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    public void AProjectThatDoesNot_GetsNothing(string? value)
    {
        var driver = value is null ? Driver.NewGenerator() : Driver.NewGenerator(("ModelGenShowPasses", value));

        Assert.DoesNotContain(driver.RunGenerators(Driver.Compile(Source)).GetRunResult().Results[0].GeneratedSources,
            s => s.HintName.Contains("passes", StringComparison.Ordinal));
    }

    [Fact]
    public void Log_ChangesNothingOfTheOtherFiles()
    {
        var plain = ModelCompiler.Files(EmitModels.ConvNet(), new(Gpu: true));
        var shown = ModelCompiler.Files(EmitModels.ConvNet(), new(Gpu: true, ShowsPasses: true));

        Assert.Equal(plain.Select(f => f.Text), shown.Take(plain.Count).Select(f => f.Text));
        Assert.Equal(plain.Count + 1, shown.Count);
    }
}
