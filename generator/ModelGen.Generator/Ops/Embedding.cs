using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Embedding : Op
{
    public override string Name => "Embedding";

    public override string Summary =>
        "Creates a layer that returns row x of a table: i32[N,…] → f32[N,…,dimensions]. Its parameter is <c>weight</c> f32[count,dimensions].";

    public override bool IsLayer => true;

    public override string ReturnType => "EmbeddingLayer";

    public override OpDoc Doc =>
        new("y[…,d] = weight[x[…], d]", "indices [N, …] → [N, …, dimensions]; weight [count, dimensions]",
        "Bengio et al. 2003; initialised N(0, 1) as PyTorch's",
        "The indices are below count. The row paddingIdx starts as zeros, however the others do, and gets no gradient. Repeated indices add.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Labels("x", "the rows to look up"),
        OpParameter.Integer("count", "the number of rows; indices are below it"),
        OpParameter.Integer("dimensions", "the length of a row"),
        OpParameter.OptionalInteger("paddingIdx", "a row that starts as zeros, whatever <paramref name=\"init\"/> says, and is not trained"),
        OpParameter.OptionalInit("init", "how the weight starts", "normal with deviation 1"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Labels(9, Axis.Batch, 5)), ("count", 9), ("dimensions", 3)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        if (x.Type.Element != ElementType.I32) throw call.Fail("MG2010", "expects integer indices (Labels), got numbers");
        int count = call.Positive("count"), dimensions = call.Positive("dimensions");
        RequireClasses(call, x, count);
        if (call.Has("paddingIdx") && (call.Integer("paddingIdx") < 0 || call.Integer("paddingIdx") >= count))
            throw call.Fail("MG2009", $"needs paddingIdx in [0, {count - 1}], got {call.Integer("paddingIdx")}");
        x = call.Builder.NameAxes(x, new[] { "n", "t" }.Concat(Enumerable.Repeat("", x.Shape.Rank)).Take(x.Shape.Rank).ToArray());
        var shape = Shape.Of(new Axis("v", count), new Axis("d", dimensions));
        var start = call.Start("init", new("Normal", Value: 1), shape);
        int? padding = call.Has("paddingIdx") ? call.Integer("paddingIdx") : null;
        // A table that is too large is refused with its name below, wherever its row would lie.
        if (padding is { } at) start = start with { ZeroStart = unchecked(at * dimensions), ZeroLength = dimensions };
        var weight = call.Parameter("weight", shape, start);
        return One(Rows(call.Builder, weight, x, (index, row) => padding is { } blank ? Expr.Where(Expr.Equal(index, blank), Expr.StopGradient(row), row)
            : row));
    }

    /// <summary>The rows of a table [count, dimensions] that the indices name.</summary>
    internal static Node Rows(GraphBuilder b, Node table, Node indices, Func<Expr, Expr, Expr> body) =>
        b.Compute(Shape.Of(indices.Shape.Axes.Append(table.Shape[1])), Array.Empty<Axis>(), Combine.None, v =>
        {
            var index = GraphBuilder.Load(indices, v.Take(v.Length - 1).ToArray());
            return body(index, GraphBuilder.Load(table, AffineIndex.Constant(v.Length, 0) with { Lookup = index }, v[v.Length - 1]));
        });

    /// <summary>Indices declared for more classes than there are rows would read outside.</summary>
    internal static void RequireClasses(OpCall call, Node index, int rows)
    {
        if (index is LeafNode { Classes: > 0 } leaf && leaf.Classes > rows)
            throw call.Fail("MG2010", $"has {rows} rows, but the indices '{leaf.Name}' are declared with {leaf.Classes} classes");
        if (index is LeafNode { Ignored: { } ignored })
            throw call.Fail("MG2010", $"has no row {ignored}, which a loss ignores in the indices '{index.Name}'");
    }

    /// <summary>True where a node reads a table at these indices.</summary>
    internal static bool LooksUp(ComputeNode node, LeafNode indices) =>
        node.Body.Loads().Any(l => l.Index.Any(i => i.Lookup is { } lookup && lookup.Node == indices.Id));
}
