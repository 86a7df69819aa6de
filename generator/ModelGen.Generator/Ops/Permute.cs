using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Permute : Op
{
    public override string Name => "Permute";

    public override string Summary => "Permutes the axes: axis i of the result is axis axes[i] of x. The batch axis stays first.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("axis i of the result is axis axes[i] of x", "[A, B, C] → [C, A, B] for axes (2, 0, 1)", "numpy.transpose",
        "Each axis once. The batch axis stays first.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integers("axes", "each axis once, the batch axis counting as 0"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 0, 2, 1 })) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        call.Axes("axes", x);
        var axes = call.Integers("axes").Select(a => a < 0 ? a + x.Shape.Rank : a).ToArray();
        if (axes.Length != x.Shape.Rank) throw call.Fail("MG2007", $"needs each of the {x.Shape.Rank} axes of {x.Shape} once, got [{string.Join(",", axes)}]");
        return One(Of(call, x, axes));
    }

    internal static Node Of(OpCall call, Node x, int[] axes)
    {
        if (axes.Select((a, i) => i > 0 && x.Shape[a].PerSample).Any(moves => moves))
            throw call.Fail("MG2007", $"cannot move the batch axis of {x.Shape}: it stays first");
        return call.Builder.Compute(Shape.Of(axes.Select(a => x.Shape[a])), Array.Empty<Axis>(), Combine.None, v =>
            GraphBuilder.Load(x, Enumerable.Range(0, axes.Length).Select(a => v[Array.IndexOf(axes, a)]).ToArray()));
    }
}
