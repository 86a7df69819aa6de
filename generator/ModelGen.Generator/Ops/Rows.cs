using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A tensor seen as rows: some of its axes run inside a row, the others number the rows. Softmax, normalisation and losses per
/// sample are all of this form.</summary>
/// <remarks>A statistic of a row has the shape of the other axes; no axis of size 1 is kept, so that passes see the rows line up.</remarks>
internal sealed class Rows
{
    private readonly GraphBuilder _builder;
    private readonly Node _x;
    private readonly int[] _inside;
    private readonly int[] _outside;

    /// <param name="inside">The axes of a row.</param>
    public Rows(GraphBuilder builder, Node x, params int[] inside)
    {
        (_builder, _x, _inside) = (builder, x, inside.OrderBy(a => a).ToArray());
        _outside = Enumerable.Range(0, x.Shape.Rank).Except(inside).ToArray();
    }

    /// <summary>The shape of a statistic.</summary>
    public Shape Outer => Shape.Of(_outside.Select(a => _x.Shape[a]));

    /// <summary>The number of elements of a row.</summary>
    public Expr Count => GraphBuilder.CountOf(_inside.Select(a => _x.Shape[a]));

    /// <summary>One number for each row.</summary>
    public Node Reduce(Combine combine, Func<RowPoint, Expr> body, Purpose purpose) =>
        _builder.Compute(Outer, _inside.Select(a => _x.Shape[a]).ToArray(), combine, v =>
        {
            var full = new AffineIndex[_x.Shape.Rank];
            for (var i = 0; i < _outside.Length; i++) full[_outside[i]] = v[i];
            for (var i = 0; i < _inside.Length; i++) full[_inside[i]] = v[_outside.Length + i];
            return body(new RowPoint(_x, full, _outside));
        }, purpose);

    /// <summary>The mean over each row.</summary>
    /// <param name="word">What it is a mean of.</param>
    public Node Mean(Func<RowPoint, Expr> body, string word)
    {
        var sum = Reduce(Combine.Sum, body, Purpose.Statistic("sum"));
        return _builder.Map(Purpose.Statistic(word), s => s[0] / Count, sum);
    }

    /// <summary>One value for each element.</summary>
    public Node Map(Func<RowPoint, Expr> body, Purpose? purpose = null) =>
        _builder.Compute(_x.Shape, Array.Empty<Axis>(), Combine.None, v => body(new RowPoint(_x, v, _outside)), purpose);

    /// <summary>max and log Σ e^(x - max) of each row. A logarithm of a softmax is (x - max) - log Σ e^(x - max): the logarithm added to a large maximum
    /// first would lose its digits.</summary>
    /// <remarks>The derivative does not depend on what is subtracted, so none goes through the maximum.</remarks>
    /// <param name="role">What the three numbers of a row are to the call.</param>
    public (Node Max, Node LogSum) LogSum(Role role)
    {
        var max = Reduce(Combine.Max, p => p.X, new(role, Word: "max"));
        var sum = Reduce(Combine.Sum, p => Expr.Exp(p.Below(max)), new(role, Word: "sumexp"));
        return (max, _builder.Map(new Purpose(role, Word: "logsumexp"), t => Expr.Log(t[0]), sum));
    }

    /// <summary>Mean and biased variance of each row.</summary>
    /// <remarks>The mean is that of the distances from the row's first element: of a row that is the same throughout it is that number, to the last
    /// digit, and no rounding error of a long sum of large numbers is left to be divided by a small deviation. Where the first element lies far off,
    /// so does the deviation. ∂variance/∂mean is -2·Σ(x - mean)/n = 0, so the mean inside the variance is a constant to differentiation.</remarks>
    public (Node Mean, Node Variance) Moments()
    {
        var distance = Reduce(Combine.Sum, p => p.X - Expr.StopGradient(p.First), Purpose.Statistic("distance"));
        var mean = _builder.Compute(Outer, Array.Empty<Axis>(), Combine.None, v => Expr.StopGradient(First(v)) + GraphBuilder.Load(distance, v) / Count,
            Purpose.Statistic("mean"));
        var variance = Mean(p =>
        {
            var centered = p.X - Expr.StopGradient(p.Row(mean));
            return centered * centered;
        }, "variance");
        return (mean, variance);
    }

    /// <summary>1 / √(variance + eps).</summary>
    /// <remarks>Two nodes: the derivative of both at once, variance^-1.5 / 2, leaves the range of float where that of each does not.</remarks>
    public Node InverseDeviation(Node variance, double eps)
    {
        var deviation = _builder.Map(Purpose.Statistic("deviation"), t => Expr.Sqrt(t[0] + eps), variance);
        return _builder.Map(Purpose.Statistic("inverse"), t => 1 / t[0], deviation);
    }

    // The first element of the row at a position of the statistics.
    private Expr First(IReadOnlyList<AffineIndex> row) => GraphBuilder.Load(_x, Enumerable.Range(0, _x.Shape.Rank)
        .Select(a => Array.IndexOf(_outside, a) is var at && at >= 0 ? row[at] : AffineIndex.Constant(row.Count, 0)).ToArray());
}
