using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Emit.Gpu;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;
using static VerifyXunit.Verifier;

namespace ModelGen.Tests.Emit;

/// <summary>The generated text of small models whole, and of each op the formulas and kernels: what a reader of the generated code sees.</summary>
public class SnapshotTests
{
    private static readonly Dictionary<string, Func<Sketch, Node, Node>> Fragments = new()
    {
        ["Linear"] = (s, x) => s.Op("Linear", s.Op("Flatten", x), new { outFeatures = 3 }, "fc"),
        ["Conv2d"] = (s, x) => s.Op("Conv2d", x, new { outChannels = 3, kernel = 3, stride = 2, padding = 1, dilation = 1 }, "conv"),
        ["Conv2d_groups"] = (s, x) => s.Op("Conv2d", x, new { outChannels = 4, kernel = 2, dilation = 2, groups = 2, bias = false }, "conv"),
        ["MaxPool2d"] = (s, x) => s.Op("MaxPool2d", x, new { kernel = 2 }),
        ["MaxPool2d_overlapping"] = (s, x) => s.Op("MaxPool2d", x, new { kernel = 3, stride = 2, padding = 1 }),
        ["AvgPool2d"] = (s, x) => s.Op("AvgPool2d", x, new { kernel = 3, stride = 2, padding = 1, countIncludePad = false }),
        ["GlobalAvgPool2d"] = (s, x) => s.Op("GlobalAvgPool2d", x),
        ["BatchNorm2d"] = (s, x) => s.Op("BatchNorm2d", x, null, "bn"),
        ["Dropout"] = (s, x) => s.Op("Dropout", x, new { p = 0.25 }),
        ["Relu"] = (s, x) => s.Op("Relu", x),
        ["LeakyRelu"] = (s, x) => s.Op("LeakyRelu", x),
        ["Sigmoid"] = (s, x) => s.Op("Sigmoid", x),
        ["Tanh"] = (s, x) => s.Op("Tanh", x),
        ["Gelu"] = (s, x) => s.Op("Gelu", x),
        ["Add"] = (s, x) => s.Binary("Add", x, s.Op("GlobalAvgPool2d", x) is var m ? s.Op("Reshape", m, new { shape = new[] { 2, 1, 1 } }) : x),
        ["Sub"] = (s, x) => s.Binary("Sub", x, s.Op("Tanh", x)),
        ["Mul"] = (s, x) => s.Binary("Mul", x, x),
        ["Div"] = (s, x) => s.Binary("Div", x, s.Op("Sigmoid", x)),
        ["Flatten"] = (s, x) => s.Op("Flatten", x),
        ["Reshape"] = (s, x) => s.Op("Reshape", x, new { shape = new[] { 5, 10 } }),
        ["Concat"] = (s, x) => s.Call("Concat", "", new { axis = 1 }, ("xs", new[] { x, s.Op("Relu", x) }))[0],
        ["Rnn"] = (s, x) => s.Call("Rnn", "r", new { hiddenSize = 3 }, ("x", s.Op("Reshape", x, new { shape = new[] { 5, 10 } })))[0],
        ["Softmax"] = (s, x) => s.Op("Softmax", x),
        ["LogSoftmax"] = (s, x) => s.Op("LogSoftmax", x, new { axis = 1 }),
    };

    public static TheoryData<string> FragmentNames() => [.. Fragments.Keys];

    public static TheoryData<string> LossNames() => ["CrossEntropy", "MseLoss", "BceWithLogits"];

    [Fact]
    public async Task Model_ForTheCpu() => await Verify(CpuSource.Of(ModelCompiler.Lower(EmitModels.Tiny())), "cs").UseDirectory("Snapshots");

    [Fact]
    public async Task Model_ForTheGpu() => await Verify(GpuFile.Emit(ModelCompiler.LowerForGpu(EmitModels.Tiny())), "cs").UseDirectory("Snapshots");

    [Theory]
    [MemberData(nameof(FragmentNames))]
    public async Task Op(string name)
    {
        // The sum of squares as a loss makes the backward pass of the op alone visible; a scale in front of it gives the input a gradient.
        var graphs = Sketch.Model("Fragment", s =>
        {
            var x = s.Input("x", 2, 5, 5);
            var scale = s.Op("Conv2d", x, new { outChannels = 2, kernel = 1, bias = false, groups = 2 }, "scale");
            var y = Fragments[name](s, scale);
            return ([y], s.Call("Mean", "", null, ("x", y))[0]);
        });
        await Verify(Text(graphs), "cs").UseDirectory("Snapshots").UseTextForParameters(name);
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public async Task Loss(string name)
    {
        var graphs = Sketch.Model("Fragment", s =>
        {
            var x = s.Op("Linear", s.Input("x", 4), new { outFeatures = 3 }, "fc");
            var target = name == "CrossEntropy" ? s.Labels("labels", 3) : s.Input("target", 3);
            return ([x], s.Call(name, "", null, (name == "MseLoss" ? "x" : "logits", x), (name == "CrossEntropy" ? "labels" : "target", target))[0]);
        });
        await Verify(Text(graphs), "cs").UseDirectory("Snapshots").UseTextForParameters(name);
    }

    // The header with formulas, the calls of a training step, and each kernel in its plain form: the loops that its formula says. What vectors and the GPU make
    // of it is tested by numbers; what a change does to all of it, the project ModelGen.GeneratedText shows.
    private static string Text(ModelGraphs graphs)
    {
        var files = CpuFiles.Emit(ModelCompiler.Lower(graphs));
        var steps = files.Single(f => f.Suffix == FileNames.Steps).Text;
        var header = steps[..steps.IndexOf("// Memory passes", StringComparison.Ordinal)];
        var methods = Methods(string.Concat(files.Select(f => f.Text)))
            .Where(m => m.Identifier.Text.StartsWith("Train", StringComparison.Ordinal) && m.Modifiers.Any(SyntaxKind.StaticKeyword)
                || m.Identifier.Text.EndsWith("_Scalar", StringComparison.Ordinal));
        return header + string.Join("\n\n", methods.Select(m => m.NormalizeWhitespace().ToFullString().Trim()));
    }

    private static IEnumerable<MethodDeclarationSyntax> Methods(string text) =>
        CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        .Where(m => m.Modifiers.Any(SyntaxKind.StaticKeyword) || m.Modifiers.Any(SyntaxKind.OverrideKeyword));
}
