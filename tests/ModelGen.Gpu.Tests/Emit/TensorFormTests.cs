using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Gpu;
using ModelGen.Generator.Graphs;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>The form of products for tensor cores: who has it, and what a device without them runs. <c>TensorStepTests</c> executes it.</summary>
public class TensorFormTests
{
    private const string Net = "public partial class Net;";

    [Theory]
    [InlineData("[Model(GpuMath = GpuMath.TensorFloat32), Input(1024), Linear(1024), Relu, Linear(10), CrossEntropyLoss]", true)]
    [InlineData("[Model(GpuMath = GpuMath.Float32), Input(1024), Linear(1024), Relu, Linear(10), CrossEntropyLoss]", false)]
    [InlineData("[Model, Input(1024), Linear(1024), Relu, Linear(10), CrossEntropyLoss]", false)]
    public void Model_SaysWhetherItsProductsHaveTheForm(string attributes, bool expected)
    {
        // With both namespaces, as a program that trains on a GPU has them.
        var compilation = GeneratedAssembly.Compile([GeneratedAssembly.Usings, "using ModelGen;\nusing ModelGen.Gpu;\n" + attributes + Net]);

        Assert.DoesNotContain(compilation.GetDiagnostics(), d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        var text = compilation.SyntaxTrees.Select(t => t.ToString()).Single(t => t.Contains("class GpuKernels", StringComparison.Ordinal));
        Assert.Equal(expected, text.Split("namespace", 2)[0].Contains("GpuMath.TensorFloat32", StringComparison.Ordinal));
        Assert.Equal(expected, text.Contains("UsesTensorCores = loader.HasTensorCores;", StringComparison.Ordinal));
        Assert.Equal(expected, text.Contains("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32", StringComparison.Ordinal));
    }

    [Fact]
    public void Products_ThatAreSmallOrOddlyPlaced_HaveNone()
    {
        // Ten columns, and rows of 37 floats, which no 16 bytes divide.
        Assert.DoesNotContain("_Tensor(", Emit(Networks.Mlp()), StringComparison.Ordinal);
        Assert.DoesNotContain("_Tensor(", Emit(Networks.Product(128, 130)), StringComparison.Ordinal);
        Assert.Contains("_Tensor(", Emit(Networks.Product(128, 132)), StringComparison.Ordinal);
    }

    [Fact]
    public void Device_WithoutTensorCores_RunsTheFp32Form()
    {
        using var model = new EmittedGpuModel(Networks.WideMlp(), forTensorCores: true);

        Assert.Contains("_Tensor(", model.Text, StringComparison.Ordinal);
        Assert.False(model.Session.UsesTensorCores);
        Assert.Empty(model.Violations());
        model.MatchesInterpreter(2);
    }

    private static string Emit(ModelGraphs graphs) => GpuFile.Emit(ModelCompiler.LowerForGpu(graphs, new(ForTensorCores: true)));
}
