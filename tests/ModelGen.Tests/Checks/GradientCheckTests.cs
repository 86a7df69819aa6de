using ModelGen.Generator.Compile;
using ModelGen.Generator.Expressions;
using ModelGen.Runtime;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Frontend;
using ModelGen.Tests.Zoo;

namespace ModelGen.Tests.Checks;

/// <summary><c>GradientCheck</c> of the class, through the generator.</summary>
public class GradientCheckTests
{
    private static readonly Dictionary<string, string> s_sources = new(ZooModels.Small)
    {
        ["Mlp"] = """
            [Model, Input(12)]
            [Linear(9), Tanh]
            [Linear(3)]
            [CrossEntropyLoss]
            public partial class Mlp;
            """,
        ["Convolutional"] = """
            [Model]
            public partial class Convolutional
            {
                readonly Layer conv1 = Conv2d(3, kernel: 3, padding: 1), norm = BatchNorm2d(), conv2 = Conv2d(4, kernel: 2, stride: 2);
                readonly Layer drop = Dropout(0.3f), fc = Linear(5);

                public Tensor Forward([Shape(2, 8, 6)] Tensor image) => fc(drop(Flatten(Gelu(conv2(MaxPool2d(Relu(norm(conv1(image))), 2))))));

                public Tensor Loss(Tensor logits, [Classes(5)] Labels label) => CrossEntropy(logits, label);
            }
            """,
        // What differentiation takes for constant: a padding row, and the state between two stretches of a sequence.
        ["Cut"] = """
            [Model]
            public partial class Cut
            {
                readonly EmbeddingLayer table = Embedding(5, 4, paddingIdx: 2);
                readonly LstmLayer lstm = Lstm(3, truncation: 2);
                readonly Layer fc = Linear(2);

                public Tensor Forward([Classes(5, Shape = new[] { 5 })] Labels tokens)
                {
                    var (y, _, _) = lstm(table(tokens));
                    return fc(y);
                }

                public Tensor Loss(Tensor y, [Shape(5, 2)] Tensor target) => MseLoss(y, target);
            }
            """,
    };

    public static TheoryData<string> Names => [.. s_sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientCheck_OfARightModel_Passes(string name) => On(name, model =>
    {
        using var batch = Fill(model, samples: 3, seed: 5);
        var buffers = model.Parameters.ReadOnlyBuffers.ToArray();
        var values = model.Parameters.ReadOnlyValues.ToArray();

        var report = model.GradientCheck(batch, new() { ElementsPerParameter = 20, StepSeed = 7 });

        // Through fifty normalised layers float itself is off by this much.
        Assert.True(report.Passed(name == "SmallResNet50" ? 1e-2 : 2e-4), report.ToString());
        Assert.True(report.Parameters.Sum(p => p.Kinks.Count) <= report.Parameters.Sum(p => p.Checked) / 20, report.ToString());
        Assert.Equal(report.LossInFloat, report.Loss, 1e-4 * Math.Max(1, Math.Abs(report.Loss)));
        Assert.Equal(model.Parameters.Select(p => p.Path).Take(model.Info.Parameters.Count), report.Parameters.Select(p => p.Parameter.Path));
        Assert.All(report.Parameters, p => Assert.Equal(Math.Min(20, p.Parameter.Length), p.Checked));
        Assert.Equal(buffers, model.Parameters.ReadOnlyBuffers.ToArray());
        Assert.Equal(values, model.Parameters.ReadOnlyValues.ToArray());
        return 0;
    });

    [Fact]
    public void GradientCheck_OfEveryElement_DoesNotDependOnThreads() => On("Mlp", model =>
    {
        using var batch = Fill(model, samples: 4, seed: 2);
        var seen = new List<GradientCheckProgress>();
        model.Threads = 1;
        var alone = model.GradientCheck(batch, new() { Progress = new Sink(seen) });
        model.Threads = 3;
        Assert.Equal(alone.ToString(), model.GradientCheck(batch).ToString());
        Assert.Equal(12 * 9 + 9 + 9 * 3 + 3, alone.Parameters.Sum(p => p.Checked));
        Assert.Equal(alone.Parameters.Sum(p => p.Checked), seen[^1].Checked);
        Assert.True(alone.Passed(1e-5), alone.ToString());
        return 0;
    });

    [Theory]
    [InlineData("fc1.weight", 37, "fc1.weight[1,17]")]
    [InlineData("fc2.bias", 4, "fc2.bias[4]")]
    public void GradientCheck_OfAWrongGradient_NamesTheElement(string path, int element, string expected)
    {
        var offset = new EmittedModel(EmitModels.Mlp()).Model.Parameters[path].Spec.Offset + element;
        var emitted = new EmittedModel(EmitModels.Mlp(),
            text => text.Replace("TrainBackward(in s);", $"TrainBackward(in s); s.Gradients[{offset}] += 0.01f;", StringComparison.Ordinal),
            gradientCheck: true);
        var model = (IGradientCheckModel)emitted.Model;
        using var batch = Fill(model, samples: 5, seed: 3);

        var report = model.GradientCheck(batch);

        Assert.False(report.Passed());
        Assert.Equal(expected, report.Worst!.Name);
        Assert.Equal(0.01, report.Worst.Gradient - report.Worst.Slope, 1e-6);
        Assert.Equal([path], report.Parameters.Where(p => p.WorstError > 1e-3).Select(p => p.Parameter.Path));
        Assert.Contains(expected, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GradientCheck_OfAGradientThatIsNotANumber_Fails()
    {
        var emitted = new EmittedModel(EmitModels.Mlp(),
            text => text.Replace("TrainBackward(in s);", "TrainBackward(in s); s.Gradients[1] = float.NaN;", StringComparison.Ordinal), gradientCheck: true);
        var model = (IGradientCheckModel)emitted.Model;
        using var batch = Fill(model, samples: 2, seed: 3);
        var report = model.GradientCheck(batch);
        Assert.False(report.Passed());
        Assert.Equal("fc1.weight[0,1]", report.Worst!.Name);
    }

    [Fact]
    public void GradientCheck_AtAKink_ReportsItApart()
    {
        const string source = """
            [Model(GradientCheck = true)]
            public partial class Kinked
            {
                readonly Layer fc = Linear(2), head = Linear(2);
                public Tensor Forward([Shape(3)] Tensor x) => head(Relu(fc(x)));
                public Tensor Loss(Tensor y, [Shape(2)] Tensor target) => MseLoss(y, target);
            }
            """;
        Run(source, "Kinked", model =>
        {
            // Without input the bias alone is what ReLU sees: one stands on its kink, one so near that the first step crosses it.
            using var batch = new Batch(model.Info, 2) { Count = 2 };
            new[] { 0f, 1e-7f }.CopyTo(model.Parameters["fc.bias"].Values);
            var report = model.GradientCheck(batch);
            Assert.True(report.Passed(1e-5), report.ToString());
            var kink = Assert.Single(report.Parameters.SelectMany(p => p.Kinks));
            Assert.Equal("fc.bias[0]", kink.Name);
            Assert.Equal(0, kink.Left);
            Assert.NotEqual(0, kink.Right, 1e-6);
            Assert.Contains("fc.bias[0]", report.ToString(), StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void GradientCheck_OfAModelWithoutLoss_SaysSo() => Run("[Model(GradientCheck = true), Input(3)] [Linear(2)] public partial class M;", "M", model =>
    {
        using var batch = new Batch(model.Info, 1) { Count = 1 };
        Assert.Contains("M has no loss", Assert.Throws<InvalidOperationException>(() => model.GradientCheck(batch)).Message, StringComparison.Ordinal);
        return 0;
    });

    [Fact]
    public void GradientCheck_Cancelled_Ends() => On("Mlp", model =>
    {
        using var batch = Fill(model, samples: 2, seed: 2);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => model.GradientCheck(batch, new() { Cancellation = source.Token }));
        return 0;
    });

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Step = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Step = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { ElementsPerParameter = 0 });
    }

    [Fact]
    public void Setting_LeavesTheModelsOtherFilesAsTheyAre()
    {
        var graphs = EmitModels.ConvNet();
        var plain = ModelCompiler.Files(graphs, new(Gpu: true, Jvp: true));
        var @checked = ModelCompiler.Files(graphs, new(Gpu: true, Jvp: true, GradientCheck: true));
        Assert.Equal(plain, @checked.Where(f => f.Suffix != ".check.g.cs"));
        Assert.Equal(plain.Count + 1, @checked.Count);
    }

    [Fact]
    public void Exact_Functions_AgreeWithTheInterpreters()
    {
        var functions = new Dictionary<UnaryKind, Func<double, double>>
        {
            [UnaryKind.Exp] = Exact.Exp,
            [UnaryKind.Log] = Exact.Log,
            [UnaryKind.Tanh] = Exact.Tanh,
            [UnaryKind.Sigmoid] = Exact.Sigmoid,
            [UnaryKind.Erf] = Exact.Erf,
            [UnaryKind.Sin] = Exact.Sin,
            [UnaryKind.Cos] = Exact.Cos,
            [UnaryKind.Atan] = Exact.Atan,
            [UnaryKind.Sign] = Lanes.Sign,
        };
        double[] samples = [.. Enumerable.Range(-80, 161).Select(i => i / 9.0), -800, 800, double.NegativeInfinity, double.PositiveInfinity, double.NaN];
        foreach (var (kind, function) in functions)
            foreach (var x in samples)
            {
                var expected = ScalarMath.Apply(kind, x);
                Assert.True(expected.Equals(function(x)) || Math.Abs(expected - function(x)) <= 4e-16 * Math.Abs(expected),
                    $"{kind}({x}) is {function(x)}, not {expected}");
            }
        Assert.Equal(8, Lanes.Pow(2.0, 3.0));
    }

    private static void On(string name, Func<IGradientCheckModel, int> body)
    {
        var source = s_sources[name];
        Run(source.Replace("[Model", "[Model(GradientCheck = true)", StringComparison.Ordinal), name, body);
    }

    private static void Run(string source, string name, Func<IGradientCheckModel, int> body) =>
        Driver.Run(Driver.Generate(Driver.Compile(source)), assembly => body((IGradientCheckModel)Activator.CreateInstance(assembly.GetType(name)!)!));

    private static Batch Fill(IModel model, int samples, int seed)
    {
        var random = new Random(seed);
        var batch = new Batch(model.Info, samples) { Count = samples };
        for (var i = 0; i < model.Info.Inputs.Count; i++)
        {
            var spec = model.Info.Inputs[i];
            if (spec.IsLabels) foreach (ref var l in batch.Ints(i)) l = random.Next(spec.Classes);
            else foreach (ref var x in batch.Floats(i)) x = (float)(random.NextDouble() * 2 - 1);
        }

        return batch;
    }

    private sealed class Sink(List<GradientCheckProgress> seen) : IProgress<GradientCheckProgress>
    {
        public void Report(GradientCheckProgress value)
        {
            lock (seen) seen.Add(value);
        }
    }
}
