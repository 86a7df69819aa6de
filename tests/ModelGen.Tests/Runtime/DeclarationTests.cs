using static ModelGen.Nn;

namespace ModelGen.Tests.Runtime;

public sealed class DeclarationTests
{
    [Fact]
    public void Trace_OfACall_HoldsOpInputsAndArguments()
    {
        var x = Tensor.Input("image", 1, 28, 28);
        var conv = Conv2d(6, kernel: 5, padding: (1, 2));
        var y = MaxPool2d(conv(x), 2);
        Assert.Equal("MaxPool2d", y.Op);
        Assert.Null(y.Layer);
        Assert.Equal(new Size2(2, 2), y.Arguments["stride"]);
        Assert.Equal(new Size2(0, 0), y.Arguments["padding"]);
        var call = Assert.Single(y.Inputs);
        Assert.Equal("Conv2d", call.Op);
        Assert.Equal(["outChannels", "kernel", "stride", "padding", "dilation", "groups", "bias", "init", "biasInit"], call.Arguments.Keys);
        Assert.Equal(new Size2(5, 5), call.Arguments["kernel"]);
        Assert.Equal(new Size2(1, 2), call.Arguments["padding"]);
        Assert.Equal(new Size2(1, 1), call.Arguments["stride"]);
        Assert.Same(x, Assert.Single(call.Inputs));
    }

    [Fact]
    public void Layer_CalledTwice_IsTheSameLayer()
    {
        var (fc, other) = (Linear(3), Linear(3));
        var x = Tensor.Input("x", 3);
        Assert.Same(fc(x).Layer, fc(x).Layer);
        Assert.NotSame(fc(x).Layer, other(x).Layer);
        Assert.NotSame(fc(x), fc(x));
    }

    [Fact]
    public void Operators_RecordTensorsAndConstants()
    {
        var (x, y) = (Tensor.Input("x", 3), Tensor.Input("y", 3));
        Assert.Equal("Add(Input, Input)", (x + y).ToString());
        Assert.Equal(2f, (x * 2f).Arguments["y"]);
        Assert.Equal(2f, (2f / x).Arguments["x"]);
        Assert.Equal(["Sub", "Neg", "Div", "Mul"], new[] { x - y, -x, x / y, 3f * x }.Select(tensor => tensor.Op));
        Assert.Throws<ArgumentNullException>(() => x + null!);
    }

    [Fact]
    public void Losses_TakeLabelsAsANode()
    {
        var labels = Labels.Input("digit", 10);
        var loss = CrossEntropy(Tensor.Input("logits", 10), labels);
        Assert.Same(labels.Node, loss.Inputs[1]);
        Assert.Equal(10, labels.Node.Arguments["classes"]);
        Assert.Equal("Concat", Concat(1, loss, loss).Op);
        Assert.Equal([0, 1, 4], Repeat(3, i => i * i));
    }

    [Fact]
    public void Shape_WithoutASource_SaysWhoComputesIt()
    {
        var x = Tensor.Input("x", 3);
        Assert.Contains("computed by the compiler", Assert.Throws<InvalidOperationException>(() => x.Shape).Message);
        Tensor.ShapeSource = new Shapes();
        Assert.Equal([-1, 3], x.Shape);
        Tensor.ShapeSource = null;
        Assert.Throws<InvalidOperationException>(() => x.Shape);
    }

    [Fact]
    public void Attributes_HoldTheFactoriesArguments()
    {
        Assert.Equal((2, 2), (new MaxPool2dAttribute(2).Kernel, new MaxPool2dAttribute(2).Stride));
        Assert.Equal((6, 5, 2, 1), (new Conv2dAttribute(6, 5) { Padding = 2 }.OutChannels, 5, 2, new Conv2dAttribute(6, 5).Stride));
        Assert.Equal([1, 28, 28], new ShapeAttribute(1, 28, 28).Sizes);
        Assert.Equal(10, new ClassesAttribute(10).Count);
    }

    private sealed class Shapes : ITraceShapes
    {
        public int[] ShapeOf(Tensor tensor) => [-1, .. (int[])tensor.Arguments["shape"]!];
    }
}
