using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Ops;

/// <summary>The message of each constraint: the rule, both shapes, the arithmetic.</summary>
public class OpConstraintTests
{
    private static readonly Axis N = Axis.Batch;
    private readonly GraphBuilder _builder = new();
    private readonly List<OpWarning> _warnings = [];

    [Fact]
    public void Add_OfShapesThatDoNotBroadcast() => Fails("MG2001",
        "Add needs shapes that agree or broadcast, got [N,3,4] and [N,5,4]: axis -2 has 3 on the left and 5 on the right; "
            + "Conv1d(5, kernel: 1) on the left operand makes them agree",
        "Add", ("x", Tensor(N, 3, 4)), ("y", Tensor(N, 5, 4)));

    [Theory]
    [InlineData(new[] { 64, 56, 56 }, new[] { 128, 28, 28 }, "; Conv2d(128, kernel: 1, stride: 2) on the left operand makes them agree")]
    [InlineData(new[] { 128, 28, 28 }, new[] { 64, 56, 56 }, "; Conv2d(128, kernel: 1, stride: 2) on the right operand makes them agree")]
    [InlineData(new[] { 8, 7, 7 }, new[] { 8, 4, 4 }, "; Conv2d(8, kernel: 1, stride: 2) on the left operand makes them agree")]
    [InlineData(new[] { 8, 8, 9 }, new[] { 4, 4, 3 }, "; Conv2d(4, kernel: 1, stride: (2, 3)) on the left operand makes them agree")]
    [InlineData(new[] { 8, 8, 4 }, new[] { 8, 4, 8 }, "")]
    [InlineData(new[] { 8, 7, 7 }, new[] { 8, 5, 5 }, "")]
    [InlineData(new[] { 3, 8, 8 }, new[] { 16, 8, 8 }, "; Conv2d(16, kernel: 1) on the left operand makes them agree")]
    [InlineData(new[] { 4, 6, 6, 6 }, new[] { 8, 3, 3, 3 }, "; Conv3d(8, kernel: 1, stride: 2) on the left operand makes them agree")]
    [InlineData(new[] { 64 }, new[] { 32 }, "; Linear(64) on the right operand makes them agree")]
    [InlineData(new[] { 5, 12 }, new[] { 5, 16 }, "; Linear(16) on the left operand makes them agree")]
    [InlineData(new[] { 2, 3 }, new[] { 4 }, "")]
    public void Add_OfShapesThatDoNotBroadcast_NamesTheProjection(int[] left, int[] right, string advice)
    {
        Node x = Tensor([N, .. left.Select(s => (Axis)s)]), y = Tensor([N, .. right.Select(s => (Axis)s)]);
        var message = Assert.Throws<OpException>(() => Build("Add", ("x", x), ("y", y))).Message;
        Assert.StartsWith($"Add needs shapes that agree or broadcast, got {x.Shape} and {y.Shape}: axis -", message);
        Assert.Equal(advice, message.Contains(';') ? message[message.IndexOf(';')..] : "");
        Assert.DoesNotContain(";", Assert.Throws<OpException>(() => Build("Mul", ("x", x), ("y", y))).Message);
    }

    [Theory]
    [InlineData("[N,1,8]", "[N,1]",
        "axis -2 has 1 on the left and N on the right; the batch axis has to stay first: give the right operand 3 axes, with keepDims: true where it loses "
            + "them, or with Reshape")]
    [InlineData("[N,3,8]", "[N,3]", "axis -1 has 8 on the left and 3 on the right")]
    [InlineData("[N,3,3]", "[N,3]",
        "axis -2 has 3 on the left and N on the right; the batch axis has to stay first: give the right operand 3 axes, with keepDims: true where it loses "
            + "them, or with Reshape")]
    [InlineData("[N]", "[N,1]",
        "axis -1 has N on the left and 1 on the right; the batch axis has to stay first: give the left operand 2 axes, with keepDims: true where it loses "
            + "them, or with Reshape")]
    [InlineData("[4,1,8]", "[N,8]",
        "axis -2 has 1 on the left and N on the right; the batch axis has to stay first: give the right operand 3 axes, with Reshape")]
    [InlineData("[N,1]", "[4,1,1]",
        "axis -2 has N on the left and 1 on the right; the batch axis has to stay first: give the left operand 3 axes, with Reshape")]
    public void BatchAxis_AgainstAnotherAxis_IsNotBroadcast(string left, string right, string message)
    {
        foreach (var op in new[] { "Add", "Mul", "Maximum", "Pow" })
            Assert.Equal($"{op} needs shapes that agree or broadcast, got {left} and {right}: {message}",
                Assert.Throws<OpException>(() => Build(op, ("x", Parsed(left)), ("y", Parsed(right)))).Message.Split("; Linear")[0]);
        Assert.Equal("MG2001", Assert.Throws<OpException>(() => Build("Where", ("condition", Parsed(left)), ("x", Parsed(left)), ("y", Parsed(right)))).Id);
    }

    [Theory]
    [InlineData("[N,3]", "[N,3,4]", "[N,N,4]")]
    [InlineData("[N,3]", "[5,3,4]", "[5,N,4]")]
    public void MatMul_WithTheBatchAxisAsRows(string left, string right, string result) => Fails("MG2001",
        $"MatMul of {left} and {right} would be {result}: the batch axis has to stay first; give the operand of fewer axes a row or column axis with Reshape",
        "MatMul", ("x", Parsed(left)), ("y", Parsed(right)));

    [Fact]
    public void Linear_OfAnImage() => Fails("MG2003", "Linear expects a vector, got [N,16,5,5]; call Flatten first (16*5*5 = 400)",
        "Linear", ("x", Tensor(N, 16, 5, 5)), ("outFeatures", 120));

    [Fact]
    public void Conv2d_OfAVector() => Fails("MG2002", "Conv2d expects an image [N,C,H,W], got [N,784]",
        "Conv2d", ("x", Tensor(N, 784)), ("outChannels", 6), ("kernel", 5));

    [Fact]
    public void Conv2d_WithoutChannelAxis() =>
        Fails("MG2002", "Conv2d expects an image [N,C,H,W], got [N,28,28]; the channel axis is missing (Reshape adds it)",
        "Conv2d", ("x", Tensor(N, 28, 28)), ("outChannels", 6), ("kernel", 5));

    [Fact]
    public void Conv2d_KernelLargerThanPaddedInput() =>
        Fails("MG2004", "Conv2d does not fit its input: kernel 7x7 is larger than the padded input 5x5 (3 + 2*1)",
        "Conv2d", ("x", Tensor(N, 3, 3, 3)), ("outChannels", 6), ("kernel", 7), ("padding", 1));

    [Fact]
    public void Conv2d_DilatedKernelLargerThanInput() =>
        Fails("MG2004", "Conv2d does not fit its input: kernel 3x3, 9x9 with dilation 4x4, is larger than the padded input 8x8 (no padding)",
        "Conv2d", ("x", Tensor(N, 3, 8, 8)), ("outChannels", 6), ("kernel", 3), ("dilation", 4));

    [Fact]
    public void Conv2d_GroupsThatDoNotDivide() => Fails("MG2005", "Conv2d needs groups that divide the channels: 6 input channels / 4 groups leaves 2",
        "Conv2d", ("x", Tensor(N, 6, 8, 8)), ("outChannels", 8), ("kernel", 3), ("groups", 4));

    [Fact]
    public void MaxPool2d_PaddingBeyondHalf() => Fails("MG2009", "MaxPool2d needs padding of at most half the kernel, got padding 2x2 with kernel 3x3",
        "MaxPool2d", ("x", Tensor(N, 6, 8, 8)), ("kernel", 3), ("padding", 2));

    [Fact]
    public void MaxPool1d_OfAWindowThatReadsPaddingAlone() => Fails("MG2009",
        "MaxPool1d has a window without an element: at 0 of axis 2 all it reads is padding; use less padding or dilation",
        "MaxPool1d", ("x", Tensor(N, 3, 4)), ("kernel", 2), ("padding", 1), ("dilation", 5));

    [Fact]
    public void MaxPool2d_OfADilatedKernelLargerThanInput() => Fails("MG2004",
        "MaxPool2d does not fit its input: kernel 3x3, 9x9 with dilation 4x4, is larger than the padded input 8x8 (no padding)",
        "MaxPool2d", ("x", Tensor(N, 3, 8, 8)), ("kernel", 3), ("dilation", 4));

    [Fact]
    public void AvgPool2d_OfDivisorZero() => Fails("MG2009", "AvgPool2d needs divisorOverride of at least 1, got 0",
        "AvgPool2d", ("x", Tensor(N, 3, 8, 8)), ("kernel", 2), ("divisorOverride", 0));

    // (L + 2·padding - kernel) / stride + 1 rounded up, less one where the last window would begin behind the input.
    [Theory]
    [InlineData(8, 3, 2, 0, 4)]
    [InlineData(7, 3, 2, 0, 3)]
    [InlineData(8, 3, 2, 1, 5)]
    [InlineData(6, 2, 3, 0, 2)]
    [InlineData(5, 2, 2, 1, 3)]
    public void MaxPool1d_InCeilMode_HasPyTorchsSize(int length, int kernel, int stride, int padding, int expected)
    {
        var pooled = Build("MaxPool1d", ("x", Tensor(N, 3, length)), ("kernel", kernel), ("stride", stride), ("padding", padding), ("ceilMode", true));
        Assert.Equal(Shape.Of(N, 3, expected), pooled.Shape);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void BceWithLogits_OfWeightsForAnotherNumberOfClasses() => Fails("MG2011",
        "BceWithLogits needs 1 number in posWeight, or one for each place of axis 1 of [N,4,3,3], got 3",
        "BceWithLogits", ("logits", Tensor(N, 4, 3, 3)), ("target", Tensor(N, 4, 3, 3)), ("posWeight", new[] { 1.0, 2, 3 }), ("classAxis", 1));

    [Theory]
    [InlineData("NllLoss", "x", "labels")]
    [InlineData("CrossEntropy", "logits", "labels")]
    [InlineData("SoftCrossEntropy", "logits", "target")]
    public void Loss_OfWeightsForAnotherNumberOfClasses(string op, string scores, string target) => Fails("MG2010",
        $"{op} needs a weight for each class, got 3 weights for 4 classes of [N,4]",
        op, (scores, Tensor(N, 4)), (target, target == "labels" ? Labels(4, N) : Tensor(N, 4)), ("weight", new[] { 1.0, 2, 3 }));

    [Fact]
    public void Reshape_ToAnotherProduct() =>
        Fails("MG2006", "Reshape keeps the number of elements, but [N,3,4] has 3*4 = 12 per sample and [N,5,2] has 5*2 = 10",
        "Reshape", ("x", Tensor(N, 3, 4)), ("shape", new[] { 5, 2 }));

    [Fact]
    public void Reshape_WithFreeSizeThatDoesNotDivide() => Fails("MG2006",
        "Reshape keeps the number of elements, but [N,3,4] has 3*4 = 12 per sample and [N,5,-1] has 5, which does not divide it (12 / 5 leaves 2)",
        "Reshape", ("x", Tensor(N, 3, 4)), ("shape", new[] { 5, -1 }));

    [Fact]
    public void Softmax_OfAxisOutOfRange() => Fails("MG2007", "Softmax needs axis in [-2, 1] for [N,10], got 2", "Softmax", ("x", Tensor(N, 10)), ("axis", 2));

    [Fact]
    public void Permute_OfTheBatchAxis() =>
        Fails("MG2007", "Permute cannot move the batch axis of [N,3,4]: it stays first", "Permute", ("x", Tensor(N, 3, 4)), ("axes", new[] { 1, 0, 2 }));

    [Fact]
    public void Concat_OfOtherSizes() => Fails("MG2008", "Concat along axis 1 needs all other sizes to agree, got [N,3,8,8] and [N,3,4,4]",
        "Concat", ("axis", 1), ("xs", new[] { Tensor(N, 3, 8, 8), Tensor(N, 3, 4, 4) }));

    [Fact]
    public void Dropout_OfOne() => Fails("MG2009", "Dropout needs p in [0, 1), got 1", "Dropout", ("x", Tensor(N, 3)), ("p", 1f));

    [Fact]
    public void CrossEntropy_OfOtherClassCount() =>
        Fails("MG2010", "CrossEntropy needs as many scores as classes: [N,12] has 12 on axis 1, the labels 'digit' have 10 classes",
        "CrossEntropy", ("logits", Tensor(N, 12)), ("labels", Labels(10, N)));

    [Fact]
    public void CrossEntropy_OfClassesOnTheLastAxis() => Fails("MG2010",
        "CrossEntropy needs one label for each position: scores [N,32,65] with classes on axis 1 need labels [N,65], got [N,32]; "
            + "if the classes are the last axis say classAxis: -1",
        "CrossEntropy", ("logits", Tensor(N, 32, 65)), ("labels", Labels(65, N, 32)));

    [Fact]
    public void MseLoss_OfAnotherShape() =>
        Fails("MG2011", "MseLoss needs a target of the shape of x, got [N,10] and [N,1]", "MseLoss", ("x", Tensor(N, 10)), ("target", Tensor(N, 1)));

    [Fact]
    public void MultiheadAttention_WithHeadsThatDoNotDivide() =>
        Fails("MG2012", "MultiheadAttention needs heads that divide the features: 64 / 5 leaves 4, in [N,16,64]",
        "MultiheadAttention", ("x", Tensor(N, 16, 64)), ("heads", 5));

    [Fact]
    public void MatMul_OfOtherInnerSizes() =>
        Fails("MG2001", "MatMul needs inner sizes that agree, got [N,3,4] and [5,6]: 4 columns on the left, 5 rows on the right",
        "MatMul", ("x", Tensor(N, 3, 4)), ("y", Tensor(5, 6)));

    [Fact]
    public void Embedding_OfMoreClassesThanRows() => Fails("MG2010", "Embedding has 50 rows, but the indices 'digit' are declared with 65 classes",
        "Embedding", ("x", Labels(65, N, 32)), ("count", 50), ("dimensions", 8));

    [Fact]
    public void Lstm_WithStateOfAnotherShape() => Fails("MG2001", "Lstm needs h0 of shape [N,2,8] (batch, layers*directions, hiddenSize), got [N,1,8]",
        "Lstm", ("x", Tensor(N, 5, 3)), ("hiddenSize", 8), ("layers", 2), ("h0", Tensor(N, 1, 8)));

    [Fact]
    public void CrossEntropy_OfSoftmax_Warns()
    {
        _builder.Origin = new(1, "Softmax", "", "softmax(x)");
        var softmax = Build("Softmax", ("x", Tensor(N, 10)));
        Build("CrossEntropy", ("logits", softmax), ("labels", Labels(10, N)));
        Warned("MG2101", "CrossEntropy takes logits and applies the softmax itself, but gets the output of Softmax; pass what goes into it");
    }

    [Fact]
    public void BatchNorm_AfterBias_Warns()
    {
        _builder.Origin = new(1, "Conv2d", "conv", "conv(x)");
        var conv = Build("Conv2d", ("x", Tensor(N, 3, 8, 8)), ("outChannels", 4), ("kernel", 3));
        Build("BatchNorm2d", ("x", conv));
        Warned("MG2102", "BatchNorm2d subtracts the mean, so the bias of Conv2d 'conv' before it has no effect; set bias: false");
    }

    [Fact]
    public void Relu_AfterRelu_Warns()
    {
        _builder.Origin = new(1, "Relu", "", "relu(x)");
        Build("Relu", ("x", Build("Relu", ("x", Tensor(N, 3)))));
        Warned("MG2103", "Relu follows a Relu, whose output it cannot change");
    }

    [Fact]
    public void Sign_Warns()
    {
        Build("Sign", ("x", Tensor(N, 3)));
        Warned("MG2104", "Sign has derivative 0 everywhere: nothing before it is trained through it");
    }

    [Fact]
    public void MaxPool2d_ThatDropsPixels_Warns()
    {
        Build("MaxPool2d", ("x", Tensor(N, 3, 5, 4)), ("kernel", 2));
        Warned("MG2105", "MaxPool2d never reads the last 1 of 5 elements of axis 2: (5 - 2) is not a multiple of stride 2");
    }

    public static TheoryData<string, int> Faults
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var op in OpCatalog.All)
                for (var i = 0; i < op.Faults.Count; i++)
                    all.Add(op.Name, i);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void FaultOfTheCatalogue_IsTold(string op, int fault)
    {
        var (id, sample) = OpCatalog.Find(op)!.Faults[fault];
        var arguments = sample.Arguments.Select(a => (a.Name, a.Value switch
        {
            SampleOperand operand => Tensor([.. operand.Type.Shape.Axes]),
            SampleOperand[] operands => operands.Select(o => Tensor([.. o.Type.Shape.Axes])).ToArray(),
            var constant => (object?)constant,
        }));
        Assert.Equal(id, Assert.Throws<OpException>(() => Build(op, [.. arguments])).Id);
    }

    private LeafNode Tensor(params Axis[] shape) => _builder.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(shape)), "x");

    private LeafNode Labels(int classes, params Axis[] shape) =>
        _builder.Leaf(LeafKind.Labels, new(ElementType.I32, Shape.Of(shape)), "digit", classes: classes);

    private Node Build(string name, params (string Name, object? Value)[] arguments)
    {
        var path = _builder.Origin.Path;
        return OpCatalog.Find(name)!.Build(new OpCall(OpCatalog.Find(name)!, _builder, arguments.ToDictionary(a => a.Name, a => a.Value), name, training: true,
            (leaf, shape, kind, start) => _builder.Leaf(kind, new(ElementType.F32, shape), leaf, path.Length == 0 ? leaf : path + "." + leaf, start: start),
            _warnings.Add))[0];
    }

    private Node Parsed(string shape) =>
        Tensor([.. shape.Trim('[', ']').Split(',').Select(a => a == "N" ? N : int.Parse(a, System.Globalization.CultureInfo.InvariantCulture))]);

    private void Fails(string id, string message, string op, params (string, object?)[] arguments)
    {
        var failure = Assert.Throws<OpException>(() => Build(op, arguments));
        Assert.Equal(id, failure.Id);
        Assert.Equal(message, failure.Message);
    }

    private void Warned(string id, string message) => Assert.Equal(new OpWarning(id, message), Assert.Single(_warnings));
}
