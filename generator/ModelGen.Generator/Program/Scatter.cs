using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Programs;

/// <summary>Recognises <c>y[v, j] = Σ_r (x[r] = v ? term(r, j) : 0)</c>, the gradient of a gather: instead of a test for each row of the result, each
/// term is added to the row that its index names.</summary>
internal static class Scatter
{
    public static bool Matches(ComputeNode node) => node.Combine == Combine.Sum && Row(node.Body, node.OutputRank) >= 0;

    /// <summary>The output variable that the index decides, or -1.</summary>
    public static int Row(Expr body, int outputRank)
    {
        if (Parts(body) is not var (index, position, term)) return -1;
        var row = position.AsVariable();
        if (row < 0 || row >= outputRank || Enumerable.Range(0, outputRank).Any(index.DependsOn)) return -1;
        return term.SelfAndDescendants().All(e => e switch
        {
            Expr.Load l => !l.Index.Any(i => i.DependsOn(row)),
            Expr.Valid v => !v.Of.Index.Any(i => i.DependsOn(row)),
            Expr.IndexOf i => !i.Index.DependsOn(row),
            Expr.Random r => !r.Counter.DependsOn(row),
            _ => true,
        }) ? row : -1;
    }

    /// <summary>The index, the position it is compared with, and the term.</summary>
    public static (AffineIndex Index, AffineIndex Position, Expr Term)? Parts(Expr body) =>
        body is Expr.SelectNode
        {
            Condition: Expr.Compare
            {
                Kind: CompareKind.Equal, A: Expr.IndexOf { Index: { Lookup: not null, Divisor: 1 } x },
                B: Expr.IndexOf i
            }, Else: Expr.Const { Value: 0 }
        } s
            ? (x, i.Index, s.Then) : null;
}
