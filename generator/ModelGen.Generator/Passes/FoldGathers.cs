using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Multiplies a table before its rows are gathered, where it has fewer rows than are gathered: <c>Σ_d table[x[n,t], d]·W[g,d]</c> becomes
/// <c>P[x[n,t], g]</c> of <c>P[v,g] = Σ_d table[v,d]·W[g,d]</c>, the same sums, each computed once.</summary>
/// <remarks>Before differentiation: the gradients of the table and of W then are small products as well.</remarks>
internal static class FoldGathers
{
    public static Graph Apply(Graph graph)
    {
        var rewriter = new Rewriter(graph);
        return rewriter.Run((_, moved) => moved is ComputeNode { Combine: Combine.Sum } c && Contraction.Factors(c.Body) is var (a, b)
            ? Fold(rewriter, c, a, b) ?? Fold(rewriter, c, b, a) ?? moved : moved);
    }

    private static Node? Fold(Rewriter rewriter, ComputeNode node, Expr.Load gathered, Expr.Load factor)
    {
        if (rewriter.Nodes[gathered.Node] is not ComputeNode { Combine: Combine.None, Body: Expr.Load } gather) return null;
        if (Substitution.Apply(gather.Body, gathered.Index.ToArray(), node.Axes.Count) is not Expr.Load row
            || row.Index.Count(i => i.Lookup is not null) != 1) return null;
        var axis = row.Index.ToList().FindIndex(i => i.Lookup is not null);
        var at = row.Index[axis];
        if (at != (AffineIndex.Constant(at.Rank, 0) with { Lookup = at.Lookup })) return null;
        var table = rewriter.Nodes[row.Node];
        if (!IsInside(gathered, gather.Shape, node) || !IsInside(row, table.Shape, node)) return null;

        // Axes that only number the gathered rows, and the others.
        var rows = Enumerable.Range(0, node.OutputRank).Where(at.DependsOn).ToList();
        var rest = Enumerable.Range(0, node.OutputRank).Except(rows).ToList();
        if (rows.Count == 0 || Enumerable.Range(node.OutputRank, node.Reduced.Count).Any(at.DependsOn)) return null;
        if (rows.Any(j => factor.Index.Any(i => i.DependsOn(j)) || row.Index.Where((_, d) => d != axis).Any(i => i.DependsOn(j)))) return null;
        if (table.Shape[axis].PerSample || rest.Concat(Enumerable.Range(node.OutputRank, node.Reduced.Count)).Any(j => node.Axes[j].PerSample)) return null;
        if (table.Shape[axis].Factor >= rows.Aggregate(1L, (p, j) => p * node.Axes[j].Typical)) return null;

        var rank = 1 + rest.Count + node.Reduced.Count;
        var variables = Enumerable.Range(0, node.Axes.Count).Select(j =>
            j >= node.OutputRank ? AffineIndex.Variable(rank, 1 + rest.Count + j - node.OutputRank)
            : rest.Contains(j) ? AffineIndex.Variable(rank, 1 + rest.IndexOf(j)) : AffineIndex.Constant(rank, 0)).ToArray();
        var plain = row with { Index = row.Index.With(axis, AffineIndex.Constant(at.Rank, 0)) };
        if (Substitution.Apply(plain, variables, rank) is not Expr.Load left || Substitution.Apply(factor, variables, rank) is not { } right) return null;
        left = left with { Index = left.Index.With(axis, AffineIndex.Variable(rank, 0)) };
        var shape = Shape.Of(rest.Select(j => node.Axes[j]).Prepend(table.Shape[axis]));
        var products = rewriter.Add((node with { Type = new(ElementType.F32, shape), Body = left * right }).As(Purpose.Piece(node, "table")));
        var index = rest.Select(j => AffineIndex.Variable(node.OutputRank, j))
            .Prepend(AffineIndex.Constant(node.OutputRank, 0) with { Lookup = Outputs(at.Lookup!, node) });
        return node with { Reduced = EquatableArray<Axis>.Empty, Combine = Combine.None, Body = new Expr.Load(products, index.ToEquatableArray()) };
    }

    // Over the output axes alone.
    private static Expr.Load Outputs(Expr.Load load, ComputeNode node) => (Expr.Load)Substitution.Apply(load, Enumerable.Range(0, node.Axes.Count)
        .Select(j => j < node.OutputRank ? AffineIndex.Variable(node.OutputRank, j) : AffineIndex.Constant(node.OutputRank, 0)).ToArray(), node.OutputRank)!;

    private static bool IsInside(Expr.Load load, Shape shape, ComputeNode node) => load.Index
        .Select((i, d) => i.AlwaysInside(node.Axes, shape[d])).All(inside => inside);
}
