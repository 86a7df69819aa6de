using System.Text.RegularExpressions;
using ModelGen.Conformance;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Names;

/// <summary>Values and kernels are named by what they are for.</summary>
public partial class ValueNameTests
{
    private static readonly Lazy<Program> s_leNet = new(() =>
    {
        var result = Driver.Evaluate(Models.LeNet, "LeNet");
        return ModelCompiler.Lower(new("", "LeNet", result.Training!, result.Evaluation!)).Train!;
    });

    [Fact]
    public void Values_OfLeNet_AreNamedByTheirPurpose()
    {
        var program = s_leNet.Value;
        var names = new ValueNames(program.Graph);

        Assert.Equal(
            "image_padded conv1_sum relu1 pool1 conv2_sum relu2 pool2 pool2_nchw flatten1 fc1_sum relu3 fc2_sum relu4 logits_sum logits loss_max loss_sumexp "
                + "loss_target loss_sum loss",
            Computed(n => n.Id < program.Graph.ForwardCount));
        Assert.Equal(
            "dLogits dFc3_bias dRelu4 dFc3_weight dFc2 dFc2_bias dRelu3 dFc2_weight dFc1 dFc1_bias dFlatten1 dFc1_weight dPool2 dPool2_nhwc pool2_argmax "
                + "dConv2_windows dConv2 dConv2_bias dConv2_padded dPool1 dConv2_weight_ihwo dConv2_weight pool1_argmax dConv1_windows dConv1 dConv1_bias "
                + "dConv1_weight",
            Computed(n => n.Id >= program.Graph.ForwardCount));

        string Computed(Func<Node, bool> which) => string.Join(" ", program.Graph.Nodes.Where(n => n is not LeafNode && which(n)).Select(n => names[n.Id]));
    }

    [Fact]
    public void Purposes_OfLeNet_AreWhatTheNamesSay()
    {
        var graph = s_leNet.Value.Graph;

        Assert.Equal(Role.PaddedCopy, RoleOf("image_padded"));
        Assert.Equal(Role.Product, RoleOf("conv1_sum"));
        Assert.Equal(Role.Value, RoleOf("relu1"));
        Assert.Equal(Role.LayoutCopy, RoleOf("pool2_nchw"));
        Assert.Equal(Role.LossPart, RoleOf("loss_sumexp"));
        Assert.Equal(Role.Argmax, RoleOf("pool1_argmax"));
        Assert.Equal(Role.Cotangent, RoleOf("dFc2"));
        Assert.Equal(Role.Gradient, RoleOf("dFc2_weight"));
        Assert.Equal("fc2_weight", graph.Nodes.Single(n => n.Name == "dFc2_weight").Purpose.Of);

        Role RoleOf(string name) => graph.Nodes.Single(n => n.Name == name).Purpose.Role;
    }

    [Fact]
    public void Kernels_OfLeNet_AreNamedByLayerAndPurpose()
    {
        var program = s_leNet.Value;
        var table = new KernelTable([(program, new ValueNames(program.Graph))]);

        Assert.Equal(
            "Image_Pad Conv1_Forward_Relu Pool1_Forward_Argmax Conv2_Forward_Relu Pool2_Forward_Argmax Pool2_ToNchw Fc1_Forward_Relu Fc2_Forward_Relu "
                + "Fc3_Forward Loss1_Forward_GradInput Loss1_Sum Fc3_GradBias Fc3_GradWeight Fc3_GradInput_Relu Fc2_GradBias Fc2_GradWeight "
                + "Fc2_GradInput_Relu Fc1_GradBias Fc1_GradInput Fc1_GradWeight Pool2_Grad_ToNhwc Pool2_GradInput_Relu Conv2_GradBias Conv2_Grad_Pad "
                + "Conv2_GradInput Conv2_GradWeight Conv2_GradWeight_ToOihw Pool1_GradInput_Relu Conv1_GradBias Conv1_GradWeight",
            string.Join(" ", program.Calls.Select(c => table[c.Kernel].Name)));
    }

    [Fact]
    public void BackwardCalls_OfLeNet_NameTheStepTheyDifferentiate()
    {
        var program = s_leNet.Value;
        var derivatives = new Derivatives(program);
        var backward = program.Calls.Skip(program.ForwardCalls).ToList();

        Assert.All(program.Calls.Take(9), c => Assert.Empty(derivatives.Of(c)));
        Assert.All(backward, c => Assert.NotEmpty(derivatives.Of(c)));
        Assert.Equal("9 fc3_bias", Text(backward[0]));
        Assert.Equal("9 relu4 + 8 fc2", Text(backward[2]));
        // A derivative of a pooling and of the ReLU before it, in one.
        Assert.Contains("5 relu2 + 4 conv2", backward.Select(Text));

        string Text(KernelCall call) => string.Join(" + ", derivatives.Of(call).Select(d => $"{d.Call + 1} {string.Join(" ", d.By)}"));
    }

    [Fact]
    public void Formulas_OfLeNet_AreMathematics()
    {
        var program = s_leNet.Value;
        var names = new ValueNames(program.Graph);
        var lines = program.Calls.SelectMany(c => KernelText.Of(program.Graph, c, names)).ToList();

        Assert.Contains("image_padded[n, y, x] = image[n, y - 2, x - 2], 0 outside", lines);
        Assert.Contains("conv1_sum[n, o, y, x] = Σ(ky<5, kx<5) image_padded[n, y + ky, x + kx]·conv1_weight[o, ky, kx]", lines);
        Assert.Contains("relu1[n, o, y, x] = max(0, conv1_sum[n, o, y, x] + conv1_bias[o])", lines);
        Assert.Contains("pool1[n, c, y, x] = max(ky<2, kx<2) relu1[n, c, 2·y + ky, 2·x + kx]", lines);
        Assert.Contains("pool1_argmax[n, c, y, x] = first 2·ky + kx that attains max(ky<2, kx<2) relu1[n, c, 2·y + ky, 2·x + kx]", lines);
        Assert.Contains("pool2_nchw[n, c, y, x] = pool2[n, y, x, c]", lines);
        Assert.Contains("dRelu4[n, i] = Σ(o<10) dLogits[n, o]·fc3_weight[o, i]", lines);
        // The axes that values of one kernel share have one name there.
        Assert.Contains("dFc2[n, i] = dRelu4[n, i] where relu4[n, i] > 0, 0 elsewhere", lines);
        Assert.Contains("dFc2_weight[o, i] = Σ(n<N) dFc2[n, o]·relu3[n, i]", lines);
    }

    [Fact]
    public void Values_OfDeclaredModels_HaveNoNumberBehindANumber()
    {
        foreach (var (name, graphs) in AllModels.Declared())
            foreach (var program in ModelCompiler.Lower(graphs).All)
            {
                var names = new ValueNames(program.Graph);
                var computed = program.Graph.Nodes.Where(n => n is not LeafNode).Select(n => $"{name}: {names[n.Id]}").ToList();
                Assert.DoesNotContain(computed, n => NumberBehindANumber().IsMatch(n) || n.Contains("Backward", StringComparison.Ordinal));
            }
    }

    /// <summary>A pass that adds a node says what for: no name of a value means two of them.</summary>
    [Fact]
    public void Names_InAGraph_AreOneValuesEach()
    {
        foreach (var (name, graphs) in AllModels.Declared())
            foreach (var program in ModelCompiler.Lower(graphs).All)
            {
                var twice = program.Graph.Nodes.Where(n => n is not LeafNode { Kind: LeafKind.Constant }).GroupBy(n => n.Name).Where(g => g.Count() > 1)
                    .Select(g => g.Key).ToList();
                Assert.True(twice.Count == 0, $"{name}: {string.Join(" ", twice)}");
            }
    }

    [Fact]
    public void Kernels_OfAllModels_HaveNamesOfBoundedLengthThatAreIdentifiers()
    {
        foreach (var (_, graphs) in AllModels.Graphs())
        {
            var programs = ModelCompiler.Lower(graphs).All.Select(p => (p, new ValueNames(p.Graph))).ToList();
            var names = new KernelTable(programs).Entries.Select(e => e.Name).ToList();
            Assert.All(names, n => Assert.Matches("^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$", n));
            Assert.All(names, n => Assert.InRange(n.Length, 5, 100));
            Assert.Equal(names.Count, names.Distinct().Count());
        }
    }

    /// <summary>Variables of the person's that generated code has other uses for.</summary>
    [Theory]
    [InlineData("n", "c", "o", "row")]
    [InlineData("L", "V", "K", "team")]
    [InlineData("y", "x", "ky", "kx")]
    [InlineData("N", "memory", "conv1_sum", "Conv1_Forward")]
    [InlineData("_conv1_Forward", "conv1_padded", "Conv1_Forward_Relu_Avx512", "dConv1_weight")]
    [InlineData("i", "i2", "n2", "x_")]
    public void Models_WhoseVariablesAreNamedAsAxesOrKernels_Compile(string a, string b, string c, string d)
    {
        var generated = Driver.Generate(Driver.Compile($$"""
            [Model(GradientCheck = true, Jvp = true)]
            public partial class Odd
            {
                readonly Layer conv1 = Conv2d(4, kernel: 3, padding: 1), conv2 = Conv2d(4, kernel: 3), fc = Linear(5);

                public Tensor Forward([Shape(2, 9, 9)] Tensor {{a}})
                {
                    var {{b}} = Relu(conv1({{a}}));
                    var {{c}} = MaxPool2d(conv2({{b}}), 2);
                    var {{d}} = fc(Flatten({{c}}));
                    return {{d}};
                }

                public Tensor Loss(Tensor {{d}}, [Classes(5)] Labels {{b}}) => CrossEntropy({{d}}, {{b}});
            }
            """));

        Assert.Equal("", string.Join("\n", GeneratedText.Complaints(generated)));
    }

    [GeneratedRegex(@"\d_\d+$")]
    private static partial Regex NumberBehindANumber();
}
