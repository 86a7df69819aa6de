using ModelGen.Generator.Graphs;
using static VerifyXunit.Verifier;

namespace ModelGen.Tests.Frontend;

/// <summary>Graphs of small models as text: names, origins, formulas.</summary>
public class GraphSnapshotTests
{
    [Fact]
    public async Task Mlp() => await Verify(GraphPrinter.PrintFormulas(Driver.Evaluate(Models.Mlp, "Mlp").Training!)).UseDirectory("Snapshots");

    [Fact]
    public async Task LeNet() => await Verify(GraphPrinter.Print(Driver.Evaluate(Models.LeNet, "LeNet").Training!)).UseDirectory("Snapshots");

    [Fact]
    public async Task ResidualBlock() => await Verify(GraphPrinter.PrintFormulas(Driver.Evaluate("""
        [Module]
        public partial class Block(int channels)
        {
            readonly Layer conv = Conv2d(channels, 3, padding: 1, bias: false), bn = BatchNorm2d();
            public Tensor Forward(Tensor x) => Relu(x + bn(conv(x)));
        }

        [Model]
        public partial class M
        {
            readonly Block block = new(4);
            readonly Layer head = Linear(2);
            public Tensor Forward([Shape(4, 6, 6)] Tensor image) => head(GlobalAvgPool2d(block.Forward(image)));
            public Tensor Loss(Tensor logits, [Classes(2)] Labels label) => CrossEntropy(logits, label);
        }
        """).Training!)).UseDirectory("Snapshots");
}
