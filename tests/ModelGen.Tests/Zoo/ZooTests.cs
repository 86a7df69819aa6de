using System.Reflection;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Zoo;

public class ZooTests
{
    public static TheoryData<string> Names() => [.. ZooModels.Small.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void SmallModel_ForwardAndBackward_MatchInterpreter(string name)
    {
        // Rounding grows through the fifty layers, each normalised over a few values; less with more channels.
        var model = new EmittedModel(Evaluate(name, name == "SmallResNet50" ? ZooModels.ResNet50(width: 4) : ZooModels.Small[name]));
        model.MatchesInterpreter(samples: 3, tolerance: name == "SmallResNet50" ? 1e-3 : 1e-4);
        foreach (var method in model.Assembly.GetTypes()
            .SelectMany(
                t => t.GetMethods(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
            if (method.GetMethodBody()?.GetILAsByteArray() is { } il)
                Assert.True(il.Length < 15_000, $"{name}.{method.Name} has {il.Length} bytes of IL.");
    }

    [Fact]
    public void SmallGpt_NewModel_HasWeightsThatDiffer() =>
        // A weight that starts at 0 everywhere would never let a gradient through.
        Assert.All(Emitted("SmallGpt").Model.Parameters,
            p => Assert.True(!p.Path.EndsWith("weight", StringComparison.Ordinal) || p.Values.ToArray().Any(v => v != 0), p.Path));

    // torchvision.models, 1000 classes.
    [Theory]
    [InlineData(18, 11_689_512, 62)]
    [InlineData(34, 21_797_672, 110)]
    [InlineData(50, 25_557_032, 161)]
    [InlineData(101, 44_549_160, 314)]
    [InlineData(152, 60_192_808, 467)]
    public void ResNet_OfEachDepth_HasTorchvisionsParameters(int depth, long count, int tensors)
    {
        var parameters = Parameters(Driver.Evaluate(ZooModels.ResNet(depth), "R").Training!);
        Assert.Equal(count, parameters.Sum(p => (long)p.Shape.Length.Factor));
        Assert.Equal(tensors, parameters.Count);
    }

    [Fact]
    public void ResNet18_ParameterPaths_AreTorchvisions()
    {
        var graph = Driver.Evaluate(ZooModels.ResNet(18), "R").Training!;
        string[] expected =
        [
            "conv1.weight", "bn1.weight", "bn1.bias",
            .. from layer in Enumerable.Range(1, 4)
               from block in Enumerable.Range(0, 2)
               from name in (string[])["conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias",
                   .. layer > 1 && block == 0 ? (string[])["downsample.0.weight", "downsample.1.weight", "downsample.1.bias"] : []]
               select $"layer{layer}.{block}.{name}",
            "fc.weight", "fc.bias",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Parameters(graph).Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.Contains(graph.Nodes.OfType<LeafNode>(), l => l.Path == "layer2.0.downsample.1.running_mean" && l.Kind == LeafKind.Buffer);
    }

    [Fact]
    public void ResNet_OfAnotherDepth_IsAnErrorThatNamesTheDepths()
    {
        var compilation = Driver.Compile(ZooModels.ResNet(20));
        Assert.Contains("depth 18, 34, 50, 101 or 152, not 20", Assert.Single(Driver.Evaluate(compilation, "R").Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CifarResNet20_HasThePapersParameterCount()
    {
        // He et al. 2015, table 6 gives 0.27 M; with projections in the two steps down 272,474.
        var graph = Driver.Evaluate("""
            [Model]
            public partial class M
            {
                readonly ModelGen.Zoo.CifarResNet _ = new();

                public Tensor Forward([Shape(3, 32, 32)] Tensor image) => _.Forward(image);
            }
            """).Training!;
        Assert.Equal(272_474, Parameters(graph).Sum(p => p.Shape.Length.Factor));
    }

    [Fact]
    public void SmallGpt_ParameterPaths_AreThoseOfItsFields()
    {
        var paths = Parameters(Evaluate("SmallGpt").Training).Select(p => p.Path).ToHashSet();
        Assert.Superset(new HashSet<string> { "tok.weight", "pos.weight", "blocks.1.attn.in_proj_weight", "blocks.1.attn.out_proj.bias", "blocks.0.ln1.weight",
            "blocks.0.fc2.bias", "ln_f.weight" }, paths);
    }

    [Fact]
    public void Reader_ParameterPaths_AreTorchsOfTransformerEncoder()
    {
        var paths = Parameters(Evaluate("Reader").Training).Select(p => p.Path).ToHashSet();
        Assert.Superset(new HashSet<string> { "encoder.layers.0.self_attn.in_proj_weight", "encoder.layers.1.linear2.bias", "encoder.layers.1.norm2.weight" },
            paths);
    }

    // The generator reads the modules from the runtime's assembly, the tests above from its symbols.
    [Theory]
    [InlineData("Cifar")]
    [InlineData("DropoutGpt")]
    public void SmallModel_ThroughTheGenerator_Compiles(string name) => Driver.AssertCompiles(Driver.Generate(Driver.Compile(ZooModels.Small[name])));

    private static List<LeafNode> Parameters(Graph graph) => [.. graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter)];

    private static ModelGraphs Evaluate(string name) => Evaluate(name, ZooModels.Small[name]);

    private static ModelGraphs Evaluate(string name, string source)
    {
        var result = Driver.Evaluate(source, name);
        return new("", name, result.Training!, result.Evaluation!);
    }

    private static EmittedModel Emitted(string name) => new(Evaluate(name));
}
