using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Pooling over windows of <c>rank</c> spatial axes.</summary>
internal abstract class PoolOp : Op
{
    protected const string Shapes = "[N, C, L…] → [N, C, ⌊(L + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1, …]";

    protected const string Constraints = "Padding is at most half the kernel. Each window holds an element of the input. "
        + "With ceilMode the size is rounded up, as long as the last window begins inside the input or the padding before it.";

    protected PoolOp(int rank) => Rank = rank;

    protected int Rank { get; }

    protected static OpParameter CeilMode => OpParameter.Boolean("ceilMode",
        "whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it", false);

    /// <summary>The operand, and the parameters of the window.</summary>
    protected IEnumerable<OpParameter> OfWindow => new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Size(Rank, "kernel", Spatial.Window(Rank)),
        OpParameter.SizeLike("kernel", Rank, "stride", "the step of the window"),
        OpParameter.Size(Rank, "padding", "the border on each side", 0),
    };

    public override string ShortName => "pool";

    public override ClassForm ClassForm => ClassForm.Step;

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, Rank);
        var window = Window.Of(call, Rank, strideIsKernel: true);
        for (var d = 0; d < Rank; d++)
            if (window.Padding[d] > window.Kernel[d] / 2)
                throw call.Fail("MG2009",
                    $"needs padding of at most half the kernel, got padding {Window.Text(window.Padding)} with kernel {Window.Text(window.Kernel)}");
        var output = window.Output(call, Spatial.Sizes(x), call.Boolean("ceilMode"));
        for (var d = 0; d < Rank; d++)
            if (window.Empty(d, x.Shape[2 + d].Factor, output[d]) is { } empty)
                throw call.Fail("MG2009", $"has a window without an element: at {empty} of axis {2 + d} all it reads is padding; use less padding or dilation");
        return One(Pool(call, x, window, Spatial.WithSizes(x, Spatial.Channels(x), output)));
    }

    protected abstract Node Pool(OpCall call, Node x, Window window, Shape output);

    /// <summary>The combination of each window's elements; <paramref name="outside"/> where the window leaves the input.</summary>
    protected Node Combined(GraphBuilder b, Combine combine, double outside, Node x, Window window, Shape output, Purpose? purpose = null) =>
        b.Compute(output, AxisNames.Window(window.Kernel), combine, v =>
            GraphBuilder.LoadOr(outside, x, v.Take(2).Concat(Enumerable.Range(0, Rank).Select(d => window.Read(d, v[2 + d], v[2 + Rank + d]))).ToArray()),
            purpose);
}
