using Microsoft.CodeAnalysis;

namespace ModelGen.Tests.Frontend;

public class GeneratorTests
{
    [Theory]
    [InlineData(Models.LeNet, "LeNet", 61706)]
    [InlineData(Models.Mlp, "Mlp", 784 * 128 + 128 + 128 * 10 + 10)]
    [InlineData(Models.Lstm, "CharLstm", 27 * 8 + 8 + 4 * (8 * 16 + 16 + 16 * 16) + 16 * 27 + 27)]
    public void Model_Generated_CompilesRunsAndCountsItsParameters(string source, string name, int parameters)
    {
        var compilation = Driver.Generate(Driver.Compile(source));
        Driver.AssertCompiles(compilation);

        var (count, loss) = Driver.Run(compilation, assembly =>
        {
            using var model = (IDisposable)Activator.CreateInstance(assembly.GetType(name)!)!;
            var network = (IModel)model;
            using var batch = new Batch(network.Info, 3) { Count = 3 };
            return (network.Info.ParameterCount, network.Backward(batch, 1));
        });

        Assert.Equal(parameters, count);
        Assert.True(float.IsFinite(loss));
    }

    [Theory]
    [InlineData("", 8)]
    [InlineData("(Winograd = Winograd.Accurate)", 4)]
    [InlineData("(Winograd = Winograd.Off)", 0)]
    public void Winograd_OfAWideConvolution_IsChosenOnTheModel(string setting, int points)
    {
        var compilation = Driver.Generate(Driver.Compile($$"""
            [Model{{setting}}]
            public partial class Wide
            {
                readonly Layer three = Conv2d(64, kernel: 3, padding: 1), five = Conv2d(64, kernel: 5, padding: 2);

                public Tensor Forward([Shape(64, 24, 24)] Tensor image) => five(three(image));
                public Tensor Loss(Tensor y, [Shape(64, 24, 24)] Tensor wanted) => MseLoss(y, wanted);
            }
            """));
        var text = string.Concat(compilation.SyntaxTrees.Select(t => t.ToString()));
        bool HasTilesOf(int inputs) => System.Text.RegularExpressions.Regex.IsMatch(text, $@"tiles\[[^\]]*\] = Σ\(ky<{inputs}, kx<{inputs}\)");
        // Tiles of 6×6 and 8×8 inputs, of 4×4, or none; the filter of five taps has no accurate form.
        Assert.Equal(points == 8, HasTilesOf(8));
        Assert.Equal(points == 8, HasTilesOf(6));
        Assert.Equal(points > 0, text.Contains("_products", StringComparison.Ordinal));
    }

    [Fact]
    public void Tokens_OutOfRange_StopEachCallBeforeItComputes()
    {
        const string source = """
            [Model(Jvp = true)]
            public partial class Tagger
            {
                readonly EmbeddingLayer table = Embedding(12, 4);
                readonly Layer norm = BatchNorm1d(), tag = Linear(3);

                public Tensor Forward([Classes(12, Shape = new[] { 5 })] Labels words) => tag(Permute(norm(Permute(table(words), 0, 2, 1)), 0, 2, 1));
                public Tensor Loss(Tensor scores, [Classes(3, Shape = new[] { 5 })] Labels tags) => CrossEntropy(scores, tags, ignoreIndex: -100, classAxis: 2);
            }
            """;
        var compilation = Driver.Generate(Driver.Compile(source));
        Driver.AssertCompiles(compilation);

        Driver.Run(compilation, assembly =>
        {
            using var instance = (IDisposable)Activator.CreateInstance(assembly.GetType("Tagger")!)!;
            var model = (IJvpModel)instance;
            using var batch = new Batch(model.Info, 2) { Count = 2 };
            batch.SetRow(1, 0, [0, 1, -100, -100, 2]);
            var loss = model.Backward(batch, 1);
            Assert.True(float.IsFinite(loss));
            float[] output = new float[2 * model.Info.OutputLength], untouched = [.. output];
            float[] State() => [.. model.Parameters.ReadOnlyValues, .. model.Parameters.ReadOnlyBuffers, .. model.Parameters.Gradients];
            var state = State();
            void Refuses(string message, params Action[] calls)
            {
                Assert.All(calls, call => Assert.Equal(message + " (Parameter 'labels')", Assert.Throws<ArgumentException>(call).Message));
                Assert.Equal(state, State());
                Assert.Equal(untouched, output);
            }

            batch.Ints(0)[8] = 12;
            Refuses("The label of sample 1, position 3 in 'words' is 12; it must be from 0 to 11 (12 classes).", () => model.Backward(batch, 1),
                () => model.Evaluate(batch, output),
                () => model.Predict(batch, output), () => model.Jvp(batch, null, [], output, []), () => batch.CheckLabels(forPrediction: true),
                () => batch.SetRow(0, 1, [0, 0, 0, 12, 0]));
            batch.Ints(0)[8] = 11;
            batch.Ints(1)[4] = -1;
            Refuses("The label of sample 0, position 4 in 'tags' is -1; it must be from 0 to 2 (3 classes) or -100, which is ignored.",
                () => model.Backward(batch, 1),
                () => model.Evaluate(batch, output), () => batch.SetRow(1, 0, [0, 0, 0, 0, -1]));
            // What only the loss reads does not matter here.
            model.Predict(batch, output);
            Assert.NotEqual(untouched, output);
            return 0;
        });
    }

    [Fact]
    public void Modules_Generated_CompileAndRun()
    {
        var compilation = Driver.Generate(Driver.Compile(Models.ResNet));
        Driver.AssertCompiles(compilation);

        var paths = Driver.Run(compilation, assembly =>
        {
            using var model = (IDisposable)Activator.CreateInstance(assembly.GetType("Zoo.ResNet18")!)!;
            return ((IModel)model).Info.Parameters.Select(p => p.Path).Concat(((IModel)model).Info.Buffers.Select(p => p.Path)).ToList();
        });

        Assert.Contains("stages.1.block.0.project.weight", paths);
        Assert.Contains("stages.3.block.1.bn2.running_var", paths);
        Assert.DoesNotContain("stages.0.block.0.project.weight", paths);
    }

    [Fact]
    public void WrongModel_Generated_StillHasItsMembers()
    {
        const string source = """
            [Model] public partial class Bad
            {
                readonly Layer conv = Conv2d(8, 3), fc = Linear(10);
                public Tensor Forward([Shape(1, 28, 28)] Tensor x) => fc(conv(x));
            }

            static class User
            {
                public static long Use(string path)
                {
                    using var net = new Bad();
                    net.Load(path);
                    return Bad.ParameterCount + net.Parameters.Values.Length;
                }
            }
            """;

        Driver.AssertCompiles(Driver.Generate(Driver.Compile(source)));
    }

    [Theory]
    [InlineData("RunAnalyzers")]
    [InlineData("RunAnalyzersDuringBuild")]
    public void WrongModel_WithoutAnalyzers_FailsTheBuild(string property)
    {
        const string source =
            "[Model] public partial class Bad { readonly Layer conv = Conv2d(8, 3), fc = Linear(10); "
                + "public Tensor Forward([Shape(1, 28, 28)] Tensor x) => fc(conv(x)); }";

        var errors = Driver.Generate(Driver.Compile(source), (property, "false")).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);

        Assert.Equal("#error: 'MG2003: Bad: Linear 'fc' expects a vector, got [N,8,26,26]; call Flatten first (8*26*26 = 5408)'",
            Assert.Single(errors).GetMessage());
    }
}
