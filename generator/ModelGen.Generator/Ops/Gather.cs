using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Gather : Op
{
    public override string Name => "Gather";

    public override string Summary => "Computes y[i,j] = x[i, index[i,j]] for axis 1 of two; repeated indices add in the gradient.";

    public override OpDoc Doc => new("y[i,j] = x[i, index[i,j]] for axis 1 of two", "[A, B], index [A, J] → [A, J]", "PyTorch's gather",
        "x and index have as many axes and agree in all but this one. As many classes as the axis is long. Repeated indices add in the gradient.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis"),
        OpParameter.Labels("index", "the indices, of the shape of x but for this axis; as many classes as the axis is long"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 7)), ("axis", 1), ("index", SampleOperand.Labels(7, Axis.Batch, 3))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor("x"), index = call.Tensor("index");
        var axis = call.Axis("axis", x);
        if (index.Type.Element != ElementType.I32) throw call.Fail("MG2010", "expects integer indices (Labels)");
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot gather along axis {axis} of {x.Shape}: it is the batch axis");
        if (x.Shape.Rank != index.Shape.Rank || Enumerable.Range(0, x.Shape.Rank).Any(a => a != axis && x.Shape[a] != index.Shape[a]))
            throw call.Fail("MG2001", $"needs x and index to agree in all axes but {axis}, got {x.Shape} and {index.Shape}");
        Embedding.RequireClasses(call, index, x.Shape[axis].Factor);
        return One(call.Builder.Compute(index.Shape, Array.Empty<Axis>(), Combine.None, v =>
        {
            var at = v.ToArray();
            at[axis] = AffineIndex.Constant(v.Length, 0) with { Lookup = GraphBuilder.Load(index, v) };
            return GraphBuilder.Load(x, at);
        }));
    }
}
