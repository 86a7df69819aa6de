using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Autodiff;

public class SummationTests
{
    [Fact]
    public void BatchNorm_BackwardSumsTwiceOverTheBatch()
    {
        var b = new GraphBuilder();
        var x = b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(Axis.Batch, 4, 8, 8)), "x");
        var weights = b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(Axis.Batch, 4, 8, 8)), "weights");
        var leaves = new Dictionary<string, LeafNode>();
        var op = new BatchNorm2d();
        var y = op.Build(new OpCall(op, b, new Dictionary<string, object?> { ["x"] = x }, "BatchNorm2d", training: true,
            (name, shape, kind, start) => leaves[name] = b.Leaf(kind, new(ElementType.F32, shape), name, name, start: start), _ => { }))[0];
        var loss = b.Reduce(Combine.Sum, b.Map(t => t[0] * t[1], y, weights), [0, 1, 2, 3]);
        var joint = ReverseMode.Apply(b.Build("BatchNorm", [y], loss), [x.Id, leaves["weight"].Id, leaves["bias"].Id]);
        var sums = joint.Nodes.Skip(joint.ForwardCount).OfType<ComputeNode>().Count(n => n.Combine == Combine.Sum);
        Assert.Equal(2, sums);
    }
}
