using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Frontend;

/// <summary>Chosen initialisers: from the declaration, in both forms, to the weights of the generated class.</summary>
public class InitTests
{
    /// <summary>A member of Init as text, and what the runtime says it is.</summary>
    public static TheoryData<string, Func<Init>> Members => new()
    {
        { "TorchDefault", () => Init.TorchDefault },
        { "Zeros", () => Init.Zeros },
        { "Ones", () => Init.Ones },
        { "XavierUniform", () => Init.XavierUniform },
        { "XavierNormal", () => Init.XavierNormal },
        { "KaimingUniform", () => Init.KaimingUniform },
        { "KaimingNormal", () => Init.KaimingNormal },
        { "LecunUniform", () => Init.LecunUniform },
        { "LecunNormal", () => Init.LecunNormal },
        { "Orthogonal", () => Init.Orthogonal },
        { "Constant(0.1)", () => Init.Constant(0.1f) },
        { "Uniform(-0.1, 0.4)", () => Init.Uniform(-0.1f, 0.4f) },
        { "Normal(0.02)", () => Init.Normal(0.02f) },
        { "Normal(0.02, -1)", () => Init.Normal(0.02f, -1) },
        { "TruncatedNormal(0.02)", () => Init.TruncatedNormal(0.02f) },
        { "XavierUniform.Gain(0.3)", () => Init.XavierUniform.Gain(0.3f) },
        { "KaimingNormal.FanOut()", () => Init.KaimingNormal.FanOut() },
        { "KaimingNormal.FanOut.For(LeakyRelu, 0.2)", () => Init.KaimingNormal.FanOut().For(Nonlinearity.LeakyRelu, 0.2f) },
        { "KaimingUniform.For(LeakyRelu)", () => Init.KaimingUniform.For(Nonlinearity.LeakyRelu) },
        { "Orthogonal.For(Tanh)", () => Init.Orthogonal.For(Nonlinearity.Tanh) },
        { "XavierNormal.For(Selu)", () => Init.XavierNormal.For(Nonlinearity.Selu) },
        { "XavierNormal.For(Sigmoid)", () => Init.XavierNormal.For(Nonlinearity.Sigmoid) },
        { "XavierNormal.For(Linear)", () => Init.XavierNormal.For(Nonlinearity.Linear) },
        { "XavierNormal.For(Relu)", () => Init.XavierNormal.For(Nonlinearity.Relu) },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void Text_MeansWhatTheRuntimeMeans(string text, Func<Init> init)
    {
        var expected = init();
        Assert.Equal(new StartRule(expected.Kind.ToString(), expected.Parameter, expected.Mean, expected.CountsOutputs),
            StartRule.Parse(text) is var rule ? rule with { Value = (float)rule.Value, Mean = (float)rule.Mean } : null);
    }

    [Fact]
    public void Nonlinearities_AreThoseOfTheRuntime() => Assert.Equal(Enum.GetNames<Nonlinearity>(), StartRule.Nonlinearities);

    [Theory]
    [InlineData("", "'' is no initialiser; write for example KaimingNormal or Normal(0.02)")]
    [InlineData("KaimingNormal!", "'KaimingNormal!' is no initialiser; write for example KaimingNormal or Normal(0.02)")]
    [InlineData("Normal(wide)", "'wide' is no number")]
    [InlineData("Normal(-1)", "Init.Normal needs a deviation above 0, got -1")]
    [InlineData("Uniform(1, 1)", "Init.Uniform needs an upper bound that lies above the lower, got 1 and 1")]
    [InlineData("Normal.Gain(2)", "Init has no 'Normal' of 0 numbers; it has " + Choices)]
    [InlineData("Normal(1).Gain(2)", "Init.Normal has no gain")]
    [InlineData("XavierNormal.FanOut", "Init.XavierNormal does not count inputs alone")]
    [InlineData("Kaiming", "Init has no 'Kaiming' of 0 numbers; it has " + Choices)]
    [InlineData("Zeros.Ones", "Init has no 'Ones' after Zeros; it has Gain(g), For(nonlinearity), FanOut()")]
    public void Text_ThatNamesNone_IsRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => StartRule.Parse(text)).Message);

    [Fact]
    public void Init_OutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Init.Normal(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Init.TruncatedNormal(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Init.Uniform(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Init.KaimingNormal.Gain(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Init.KaimingNormal.For((Nonlinearity)9));
        Assert.Throws<InvalidOperationException>(() => Init.Normal(1).Gain(2));
        Assert.Throws<InvalidOperationException>(() => Init.XavierNormal.FanOut());
    }

    [Fact]
    public void Model_StartsAsDeclared_WithPyTorchsFans()
    {
        const string source = """
            [Model]
            public partial class Net
            {
                static readonly Init Small = Init.Normal(0.02f);
                readonly EmbeddingLayer table = Embedding(9, 6, init: Small);
                readonly Layer positions = LearnedPositions(5, init: Init.Uniform(0, 1));
                readonly AttentionLayer attend = MultiheadAttention(2, init: Init.XavierNormal);
                readonly LstmLayer lstm = Lstm(4, init: Init.Orthogonal);
                readonly Layer fc = Linear(12, init: Init.KaimingNormal.FanOut(), biasInit: Init.Zeros);
                readonly Layer conv = Conv2d(8, (3, 2), groups: 2, init: Init.XavierUniform.Gain(2), biasInit: Init.KaimingUniform);
                readonly Layer up = ConvTranspose2d(4, 2, groups: 2, init: Init.XavierUniform);
                readonly Layer local = LocallyConnected2d(3, 2, init: Init.XavierUniform);
                readonly Tensor scale = Parameter(Init.Constant(0.5f), 3, 4, 4), vector = Parameter(Init.LecunNormal, 3);

                public Tensor Forward([Classes(9, Shape = new[] { 5 })] Labels word)
                {
                    var x = lstm(attend(positions(table(word))).Output).Output;
                    x = Reshape(fc(x), 2, 6, 5);
                    x = local(up(conv(x)));
                    return Mean(x, [2, 3]) * Mean(scale) * vector;
                }
            }
            """;
        var generated = Driver.Generate(Driver.Compile(source));
        Driver.AssertCompiles(generated);

        Driver.Run(generated, assembly =>
        {
            using var model = (IDisposable)Activator.CreateInstance(assembly.GetType("Net")!, 7ul)!;
            using var again = (IDisposable)Activator.CreateInstance(assembly.GetType("Net")!, 7ul)!;
            ParameterSet parameters = ((IModel)model).Parameters, same = ((IModel)again).Parameters;
            void Starts(string path, Initializer expected)
            {
                var view = parameters[path];
                Assert.Equal(expected, view.Spec.Initializer);
                var drawn = new float[view.Length];
                var rng = new Rng(7, path);
                expected.Fill(drawn, ref rng);
                Assert.Equal(drawn, view.ReadOnlyValues.ToArray());
                Assert.Equal(drawn, same[path].ReadOnlyValues.ToArray());
            }

            var relu = MathF.Sqrt(2);
            Starts("table.weight", new(InitializerKind.Normal, 0.02f));
            Starts("positions.weight", new(InitializerKind.Uniform, 0.5f, Mean: 0.5f));
            Starts("attend.in_proj_weight", new(InitializerKind.XavierNormal, 1, 6, 18));
            Starts("attend.out_proj.weight", new(InitializerKind.XavierNormal, 1, 6, 6));
            Starts("attend.in_proj_bias", new(InitializerKind.Zeros));
            Starts("lstm.weight_ih_l0", new(InitializerKind.Orthogonal, 1, 6));
            Starts("lstm.weight_hh_l0", new(InitializerKind.Orthogonal, 1, 4));
            Starts("lstm.bias_ih_l0", new(InitializerKind.TorchDefault, 0, 4));
            Starts("fc.weight", new(InitializerKind.KaimingNormal, relu, 12));
            Starts("fc.bias", new(InitializerKind.Zeros));
            Starts("conv.weight", new(InitializerKind.XavierUniform, 2, 6, 48));
            Starts("conv.bias", new(InitializerKind.KaimingUniform, relu, 6));
            Starts("up.weight", new(InitializerKind.XavierUniform, 1, 8, 32));
            Starts("up.bias", new(InitializerKind.TorchDefault, 0, 8));
            Starts("local.weight", new(InitializerKind.XavierUniform, 1, 16, 12));
            Starts("scale", new(InitializerKind.Constant, 0.5f));
            Starts("vector", new(InitializerKind.LecunNormal, 0, 3));
            return 0;
        });
    }

    [Fact]
    public void ClassForm_StartsAndLosesAsDeclared()
    {
        const string source = """
            [Model, Input(6)]
            [Linear(8, Init = "KaimingNormal", BiasInit = "Constant(0.1)"), Relu]
            [Linear(3, Init = "Uniform(-0.5, 1)")]
            [CrossEntropyLoss(Weight = new[] { 1f, 2, 0.5f }, LabelSmoothing = 0.1f)]
            public partial class Net;
            """;
        var evaluated = Driver.Evaluate(Driver.Compile(source), "Net");

        Assert.Empty(evaluated.Findings);
        var leaves = evaluated.Training!.Nodes.OfType<LeafNode>().ToList();
        Assert.Equal(
            [new("KaimingNormal", 6, 0, (float)Math.Sqrt(2)), new("Constant", Value: 0.1f), new("Uniform", Value: 0.75, Mean: 0.25),
                Initialization.TorchDefault(8)],
            leaves.Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Start! with { Value = (float)l.Start.Value }));
        Assert.Equal(new[] { 1, 2, 0.5 }, Assert.Single(leaves, l => l.Kind == LeafKind.Constant).Data.ToArray());
    }

    private const string Choices =
        "TorchDefault, XavierUniform, XavierNormal, KaimingUniform, KaimingNormal, LecunUniform, LecunNormal, Orthogonal, Zeros, Ones, "
        + "Constant(c), Uniform(low, high), Normal(deviation), TruncatedNormal(deviation)";
}
