using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Expand : Op
{
    public override string Name => "Expand";

    public override string Summary =>
        "Repeats axes of size 1, and axes that x does not have, so that x has the given sizes; without sizes, x gets a batch axis in which each "
            + "sample is x; a first axis of size 1 keeps its place.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("y[n,…,i,…] = x[n,…,0,…]", "[N, 1, B] → [N, A, B] for sizes (A, -1); [A, B] → [N, A, B] without sizes", "torch.expand",
        "Sizes are those without the batch axis; -1 keeps one. What is read again and again is not copied where its reader can read x itself.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integers("shape", "the sizes without the batch axis; −1 keeps the size that x has"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 1, 3)), ("shape", new[] { 4, -1 })),
        new OpSample(("x", SampleOperand.Of(2, 3)), ("shape", Array.Empty<int>())),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2001", new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3)), ("shape", new[] { 4, 3 }))),
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("shape", new[] { -1, 3 }))),
        ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("shape", new[] { 0 }))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var sizes = call.Integers("shape");
        var own = x.Shape.IsPerSample ? x.Shape.Axes.Skip(1).ToArray() : x.Shape.Axes.ToArray();
        if (sizes.Length == 0)
        {
            // PyTorch's class tokens are [1, 1, D]: the first axis keeps the place of the batch.
            var place = own.Length > 1 && own[0].IsOne ? 1 : 0;
            return One(x.Shape.IsPerSample ? x
                : To(call.Builder, call.Builder.Reshape(x, Shape.Of(own.Skip(place))), Shape.Of(own.Skip(place).Prepend(Axis.Batch))));
        }
        if (sizes.Length < own.Length)
            throw call.Fail("MG2001", $"needs a size for each axis of {x.Shape} but the batch axis, got [{string.Join(",", sizes)}]");
        var added = sizes.Length - own.Length;
        var axes = sizes.Select((size, a) =>
        {
            if (size == -1 && a >= added) return own[a - added];
            if (size < 1) throw call.Fail("MG2009", $"needs sizes of at least 1, or -1 for an axis of {x.Shape}, got [{string.Join(",", sizes)}]");
            if (a >= added && !own[a - added].IsOne && own[a - added].Factor != size)
                throw call.Fail("MG2001", $"repeats axes of size 1 only: {x.Shape} does not become [{string.Join(",", sizes)}]");
            return a >= added ? own[a - added].WithSize(size) : (Axis)size;
        });
        return One(To(call.Builder, x, Shape.Of(x.Shape.IsPerSample ? axes.Prepend(x.Shape[0]) : axes)));
    }

    // The batch axis of x is the first of both; its others are aligned at the end.
    internal static Node To(GraphBuilder b, Node x, Shape shape)
    {
        if (shape == x.Shape) return x;
        var batch = x.Shape.IsPerSample ? 1 : 0;
        var offset = shape.Rank - x.Shape.Rank;
        return b.Compute(shape, Array.Empty<Axis>(), Combine.None, v => GraphBuilder.Load(x, Enumerable.Range(0, x.Shape.Rank)
            .Select(a => a < batch ? v[0] : x.Shape[a].IsOne ? AffineIndex.Constant(v.Length, 0) : v[a + offset]).ToArray()));
    }
}
