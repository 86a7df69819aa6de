using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Autodiff;

/// <summary>Builds Σ of a product with the factors that do not run taken out of the sum: Σ a·b(r) = a·Σ b(r).</summary>
/// <remarks>Sums that differ in such factors alone then are one node. The gradients of a normalisation need Σ dy and Σ dy·(x - mean) only,
/// where its shift, scale, mean and deviation would each ask for a sum of their own.</remarks>
internal static class Summation
{
    public static Node Apply(GraphBuilder builder, Shape output, IReadOnlyList<Axis> reduced, Expr body)
    {
        var inside = new List<Expr>();
        Expr outside = 1;
        Split(body, output.Rank, inside, ref outside);
        if (inside.Count > 0 && outside is Expr.Const { Value: 1 }) return builder.Compute(output, reduced, Combine.Sum, body);
        // Nothing outside depends on the variables that are gone.
        var variables = Enumerable.Range(0, output.Rank + reduced.Count)
            .Select(j => j < output.Rank ? AffineIndex.Variable(output.Rank, j) : AffineIndex.Constant(output.Rank, 0)).ToArray();
        if (Substitution.Apply(outside, variables, output.Rank) is not { } factor) return builder.Compute(output, reduced, Combine.Sum, body);
        if (inside.Count == 0) return builder.Compute(output, System.Array.Empty<Axis>(), Combine.None, factor * GraphBuilder.CountOf(reduced));
        var sum = builder.Compute(output, reduced, Combine.Sum, inside.Aggregate((p, f) => p * f));
        return builder.Compute(output, System.Array.Empty<Axis>(), Combine.None, v => factor * GraphBuilder.Load(sum, v));
    }

    private static void Split(Expr e, int outputRank, List<Expr> inside, ref Expr outside)
    {
        switch (e)
        {
            case Expr.BinaryNode { Kind: BinaryKind.Mul } p:
                Split(p.A, outputRank, inside, ref outside);
                Split(p.B, outputRank, inside, ref outside);
                break;
            case Expr.BinaryNode { Kind: BinaryKind.Div } q when !Runs(q.B, outputRank):
                Split(q.A, outputRank, inside, ref outside);
                outside /= q.B;
                break;
            case Expr.UnaryNode { Kind: UnaryKind.Neg } n:
                outside = -outside;
                Split(n.X, outputRank, inside, ref outside);
                break;
            default:
                if (Runs(e, outputRank)) inside.Add(e);
                else outside *= e;
                break;
        }
    }

    private static bool Runs(Expr e, int outputRank)
    {
        bool Index(AffineIndex i) => Enumerable.Range(outputRank, i.Rank - outputRank).Any(i.DependsOn);
        return e.Has(x => x switch
        {
            Expr.Load l => l.Index.Any(Index),
            Expr.Valid v => v.Of.Index.Any(Index),
            Expr.IndexOf i => Index(i.Index),
            Expr.Random r => Index(r.Counter),
            _ => false,
        });
    }
}
