using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>softmax(q·kᵀ·scale) for ScaledDotProductAttention and MultiheadAttention.</summary>
internal static class Attention
{
    /// <summary>The weights [leading…, queries, keys]. The operands are read by (leading…, time) and feature.</summary>
    /// <param name="mask">Where given and 0, a query does not see a key; broadcasts against the weights.</param>
    public static Node Weights(GraphBuilder b, Shape leading, Axis queries, Axis keys, Axis features, double scale, bool causal, Node? mask,
        Func<AffineIndex[], AffineIndex, AffineIndex, Expr> query, Func<AffineIndex[], AffineIndex, AffineIndex, Expr> key)
    {
        var rank = leading.Rank;
        var products = b.Compute(Shape.Of(leading.Axes.Append(queries).Append(keys)), new[] { features }, Combine.Sum, v =>
            query(v.Take(rank).ToArray(), v[rank], v[rank + 2]) * key(v.Take(rank).ToArray(), v[rank + 1], v[rank + 2]));
        var scores = b.Compute(products.Shape, Array.Empty<Axis>(), Combine.None, v =>
        {
            var score = GraphBuilder.Load(products, v) * (Expr)scale;
            if (mask is not null) score = Expr.Where(Expr.Equal(GraphBuilder.LoadBroadcast(mask, v, v.Length), 0), double.NegativeInfinity, score);
            if (causal) score = Expr.Where(new Expr.IndexOf(v[rank + 1]) <= new Expr.IndexOf(v[rank]), score, double.NegativeInfinity);
            return score;
        });
        return Softmax.Of(b, scores, rank + 1);
    }
}
