using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Elements along an axis in order, each with the position it had.</summary>
/// <remarks>The place of an element is the number of those before it, which is counted: the cost grows with the square of the axis, as that of attention does,
/// and there is no branch in it. Equal elements keep their order.</remarks>
internal abstract class SortedOp : Op
{
    public override IReadOnlyList<string> Results => new[] { "Values", "Indices" };

    /// <summary>The first elements of the order.</summary>
    protected static IReadOnlyList<Node> First(OpCall call, Node x, int axis, int count, bool descending)
    {
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot order axis {axis} of {x.Shape}: it is the batch axis");
        var b = call.Builder;
        var size = x.Shape[axis];
        var place = b.Compute(x.Shape, new[] { size }, Combine.Sum, v =>
        {
            var rank = x.Shape.Rank;
            var other = v.Take(rank).ToArray();
            other[axis] = v[rank];
            Expr own = GraphBuilder.Load(x, v.Take(rank).ToArray()), their = GraphBuilder.Load(x, other);
            var isBefore = descending ? their > own : their < own;
            var isEarlier = new Expr.IndexOf(v[rank]) < new Expr.IndexOf(v[axis]);
            return Expr.Where(isBefore, 1, Expr.Where(Expr.Equal(their, own), Expr.Where(isEarlier, 1, 0), 0));
        }, Purpose.Part("place"));
        var sorted = Shape.Of(x.Shape.Axes.With(axis, size.WithSize(count)));
        Node Taken(Func<AffineIndex[], AffineIndex, Expr> what, string word) => b.Compute(sorted, new[] { size }, Combine.Sum, v =>
        {
            var rank = x.Shape.Rank;
            var at = v.Take(rank).ToArray();
            at[axis] = v[rank];
            return Expr.Where(Expr.Equal(GraphBuilder.Load(place, at), new Expr.IndexOf(v[axis])), what(at, v[rank]), 0);
        }, Purpose.Part(word));
        return new[] { Taken((at, _) => GraphBuilder.Load(x, at), "values"), Taken((_, position) => new Expr.IndexOf(position), "indices") };
    }
}
