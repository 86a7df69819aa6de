using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Gives a contraction operands that are read without a test: where an index may leave its tensor (padding) or skips positions (the
/// gradient of a stride), the operand is first copied into a tensor with its zeros in place.</summary>
/// <remarks>The zeros cost a copy of the operand; the test they replace would stand in the innermost loop and keep it from vector form.
/// Forward and weight gradient of a convolution share one padded copy, since equal computations are one node.</remarks>
internal static class PadOperands
{
    public static Graph Apply(Graph graph)
    {
        var rewriter = new Rewriter(graph);
        var padded = new Dictionary<(int, EquatableArray<(long, long)>, EquatableArray<(int, bool)>, EquatableArray<int>, double), int>();
        return EliminateDeadNodes.Apply(rewriter.Run((_, moved) =>
        {
            if (moved is not ComputeNode c || !Contraction.Matches(c)) return moved;
            var body = c.Body.Replace(e => e is Expr.Load l ? Pad(rewriter, padded, c, l) : null);
            return ReferenceEquals(body, c.Body) ? c : c with { Body = body };
        }));
    }

    /// <summary>Which indices of a padded copy lie inside what it is a copy of: for each axis the first and the last; empty for everything else.</summary>
    public static EquatableArray<(int First, int Last)> Inside(Graph graph, int node)
    {
        if (graph[node] is not ComputeNode { Combine: Combine.None, Body: Expr.Load { Fill: 0 } load } copy
            || copy.Shape.Axes.Any(a => !a.PerSample && a.Factor == 0)) return EquatableArray<(int, int)>.Empty;
        var inside = new (int First, int Last)[copy.Shape.Rank];
        for (var d = 0; d < inside.Length; d++)
        {
            inside[d] = (0, copy.Shape[d].PerSample ? int.MaxValue : copy.Shape[d].Factor - 1);
            var at = load.Index.ToList().FindIndex(i => i.Divisor == 1 && i.Lookup is null && i.Coefficients[d] == 1 && i.Coefficients.Count(c => c != 0) == 1);
            if (at < 0 || copy.Shape[d].PerSample || graph[load.Node].Shape[at] is not { PerSample: false } size) continue;
            inside[d] = (Math.Max(0, -load.Index[at].Offset), Math.Min(inside[d].Last, size.Factor - 1 - load.Index[at].Offset));
        }
        return inside.Where((range, d) => range.First > 0 || !copy.Shape[d].PerSample && range.Last < copy.Shape[d].Factor - 1).Any()
            ? inside.ToEquatableArray() : EquatableArray<(int, int)>.Empty;
    }

    private static Expr.Load Pad(Rewriter rewriter, Dictionary<(int, EquatableArray<(long, long)>, EquatableArray<(int, bool)>, EquatableArray<int>, double),
        int> padded, ComputeNode reader, Expr.Load load)
    {
        var source = rewriter.Nodes[load.Node];
        var rank = source.Shape.Rank;
        var ranges = new (long Low, long High)[rank];
        var index = load.Index.ToArray();
        var needed = false;
        var order = Order(reader, load, source);
        for (var d = 0; d < rank; d++)
        {
            ranges[d] = (0, -1);
            if (load.Index[d].AlwaysInside(reader.Axes, source.Shape[d]) && load.Index[d].Divisor == 1) continue;
            if (load.Index[d].NumeratorRange(reader.Axes) is not { } range) return load;
            ranges[d] = range;
            needed = true;
        }
        if (!needed && order.SequenceEqual(Enumerable.Range(0, rank))) return load;
        for (var d = 0; d < rank; d++)
            if (ranges[d].High >= ranges[d].Low)
                index[d] = new AffineIndex(load.Index[d].Coefficients, load.Index[d].Offset - (int)ranges[d].Low);
        AffineIndex[] InOrder(AffineIndex[] of) => order.Select(d => of[d]).ToArray();
        var divisors = load.Index.Select(i => (i.Divisor, i.Floor)).ToEquatableArray();
        var key = (load.Node, ranges.Select(r => (r.Low, r.High)).ToEquatableArray(), divisors, order.ToEquatableArray(), load.Fill);
        if (!padded.TryGetValue(key, out var id))
        {
            // A copy that only changes the order of axes is not copied again: its source is.
            var plain = source is ComputeNode { Combine: Combine.None, Body: Expr.Load l } && l.Index.Count == rank
                && l.Index.Select(i => i.AsVariable()).Where(v => v >= 0).Distinct().Count() == rank
                && l.Index.Select((i, d) => rewriter.Nodes[l.Node].Shape[d] == source.Shape[i.AsVariable()]).All(same => same) ? l : null;
            var shape = Shape.Of(order.Select(d => ranges[d].High < ranges[d].Low ? source.Shape[d]
                : source.Shape[d].WithSize((int)(ranges[d].High - ranges[d].Low + 1))));
            var position = Enumerable.Range(0, rank).Select(d => ranges[d].High < ranges[d].Low
                ? AffineIndex.Variable(rank, System.Array.IndexOf(order, d))
                : AffineIndex.Variable(rank, System.Array.IndexOf(order, d), 1, (int)ranges[d].Low) with
                {
                    Divisor = load.Index[d].Divisor,
                    Floor = load.Index[d].Floor
                }).ToArray();
            var of = plain is null ? source : rewriter.Nodes[plain.Node];
            var purpose = needed ? Purpose.PaddedCopy(of) : Purpose.LayoutCopy(of, shape);
            id = padded[key] = rewriter.Add(new ComputeNode(
                0, new(ElementType.F32, shape), purpose.Name, source.Origin, EquatableArray<Axis>.Empty, Combine.None,
                plain is null ? new Expr.Load(load.Node, position.ToEquatableArray(), load.Fill)
                    : new Expr.Load(plain.Node, plain.Index.Select(i => position[i.AsVariable()]).ToEquatableArray(), load.Fill))
            { Purpose = purpose, Differentiates = source.Differentiates });
        }
        return new Expr.Load(id, InOrder(index).ToEquatableArray());
    }

    // A sum that slides along the rows of its result reads its operand's rows side by side: the copy has them last. So it is with weights.
    private static int[] Order(ComputeNode reader, Expr.Load load, Node source)
    {
        var rank = source.Shape.Rank;
        var row = reader.OutputRank - 1;
        if (row >= 0 && !source.Shape.IsPerSample && load.Index.Where((i, d) => !i.AlwaysInside(reader.Axes, source.Shape[d])).Any())
        {
            var column = load.Index.ToList().FindIndex(i => i.AsVariable() == row);
            return Enumerable.Range(0, rank).Where(d => d != column).Concat(column < 0 ? new int[0] : new[] { column }).ToArray();
        }
        var sliding = row < 0
            || !source.Shape.IsPerSample ? -1
            : Enumerable.Range(0, rank)
            .Where(d => load.Index[d].Coefficients[row] != 0
            && Enumerable.Range(0, reader.Axes.Count).Count(j => load.Index[d].Coefficients[j] != 0 && !reader.Axes[j].IsOne) > 1)
            .DefaultIfEmpty(-1).First();
        return Enumerable.Range(0, rank).Where(d => d != sliding).Concat(sliding < 0 ? new int[0] : new[] { sliding }).ToArray();
    }
}
