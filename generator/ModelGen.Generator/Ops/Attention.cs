using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>softmax(q·kᵀ·scale)·v for ScaledDotProductAttention and MultiheadAttention.</summary>
internal static class Attention
{
    // Queries that attend together. A shorter sequence is done at once: its weights stay in the cache, and there is nothing to leave out.
    private const int QueriesOfABlock = 128;
    private const int MostBlocks = 8;

    /// <summary>The values mixed by the weights. A long sequence is done in blocks of queries, whose weights are forgotten after use and computed
    /// again for the derivative: no queries × keys matrix is ever held. With <paramref name="causal"/> a block leaves out the keys behind it.</summary>
    /// <param name="mix">From the weights [leading…, queries, keys] of a block, the block's result.</param>
    /// <param name="axis">The axis of the result along which the queries lie.</param>
    public static Node Mixed(
        GraphBuilder b, Shape leading, Axis queries, Axis keys, bool causal, Func<int, Axis, Axis, Node> weights, Func<Node, Axis, Axis, Node> mix, int axis)
    {
        var blocks = Math.Min(MostBlocks, Math.Min(queries.Factor, keys.Factor) / QueriesOfABlock);
        if (queries.PerSample || keys.PerSample || blocks < 2) return mix(weights(0, queries, keys), queries, keys);
        var size = (queries.Factor + blocks - 1) / blocks;
        var results = new List<Node>();
        for (var from = 0; from < queries.Factor; from += size)
        {
            var count = queries.WithSize(Math.Min(size, queries.Factor - from));
            var seen = causal ? keys.WithSize(Math.Min(keys.Factor, from + count.Factor)) : keys;
            var first = b.Count;
            var block = weights(from, count, seen);
            for (var id = first; id < b.Count; id++)
                if (b[id].Shape == block.Shape) b.Forget(b[id]);
            results.Add(mix(b[block.Id], count, seen));
        }
        return Concat.Of(b, results, axis);
    }

    /// <summary>A block of positions of a sequence: a value of its own, so that its gradient is no larger.</summary>
    public static Node Block(GraphBuilder b, Node x, int axis, int from, Axis count) => count == x.Shape[axis] ? x
        : Slice.Of(b, x, axis, from, count.Factor, purpose: Purpose.Part("block"));

    /// <summary>The weights [leading…, queries, keys]. The operands are read by (leading…, time) and feature.</summary>
    /// <param name="from">The first of these queries.</param>
    public static Node Weights(GraphBuilder b, Shape leading, int from, Axis queries, Axis keys, Axis features, AttentionOptions options,
        Func<AffineIndex[], AffineIndex, AffineIndex, Expr> query, Func<AffineIndex[], AffineIndex, AffineIndex, Expr> key)
    {
        var rank = leading.Rank;
        // Masks and order count from the start of the sequence; the operands are the block's own.
        AffineIndex Query(AffineIndex v) => v with { Offset = v.Offset + from };
        Expr Of(Node whole, AffineIndex[] v) => GraphBuilder.LoadBroadcast(whole, v.Select((i, d) => d == rank ? Query(i) : i).ToArray(), v.Length);
        var products = b.Compute(Shape.Of(leading.Axes.Append(queries).Append(keys)), new[] { features }, Combine.Sum, v =>
            query(v.Take(rank).ToArray(), v[rank], v[rank + 2]) * key(v.Take(rank).ToArray(), v[rank + 1], v[rank + 2]), Purpose.Part("products"));
        var scores = b.Compute(products.Shape, Array.Empty<Axis>(), Combine.None, v =>
        {
            var score = GraphBuilder.Load(products, v) * (Expr)options.Scale;
            if (options.Bias is { } bias) score += Of(bias, v);
            if (options.Mask is { } mask) score = Expr.Where(Expr.Equal(Of(mask, v), 0), double.NegativeInfinity, score);
            if (options.Padding is { } padding)
                score = Expr.Where(Expr.Equal(GraphBuilder.Load(padding, v[0], v[rank + 1]), 0), score, double.NegativeInfinity);
            if (options.Causal) score = Expr.Where(new Expr.IndexOf(v[rank + 1]) <= new Expr.IndexOf(Query(v[rank])), score, double.NegativeInfinity);
            return score;
        }, Purpose.Part("scores"));
        var weights = Softmax.Of(b, scores, rank + 1, options.MayHaveEmptyRows, "weights");
        return options.Dropout > 0 ? Dropout.Of(b, weights, options.Dropout) : weights;
    }

    /// <summary>Fails where what is added to scores, or hides them, does not broadcast to them.</summary>
    /// <exception cref="OpException">MG2001.</exception>
    public static Node? Fitting(OpCall call, string name, Shape scores)
    {
        if (!call.Has(name)) return null;
        var mask = call.Tensor(name);
        return GraphBuilder.Broadcast(mask.Shape, scores) == scores ? mask
            : throw call.Fail("MG2001", $"needs {(name == "mask" ? "a mask" : $"an {name}")} that broadcasts to {scores}, got {mask.Shape}");
    }
}
