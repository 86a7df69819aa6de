using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Expressions;

/// <summary>Rewrites an expression for another iteration: each variable becomes an index over the new variables.</summary>
internal static class Substitution
{
    /// <summary>Null where an index would leave the affine form.</summary>
    public static Expr? Apply(Expr e, IReadOnlyList<AffineIndex> variables, int newRank)
    {
        Cancellation.Check();
        if (e.IsSettled && newRank == variables.Count && IsIdentity(variables)) return e;
        var possible = true;
        AffineIndex Index(AffineIndex i)
        {
            var result = i.Substitute(variables, newRank);
            possible &= result is not null;
            return result ?? i;
        }
        Load OfLoad(Load l)
        {
            var index = new AffineIndex[l.Index.Count];
            var isSame = true;
            for (var d = 0; d < index.Length; d++) isSame &= ReferenceEquals(index[d] = Index(l.Index[d]), l.Index[d]);
            return isSame ? l : l with { Index = new(index) };
        }
        var rewritten = e.Replace(x => x switch
        {
            Load l => OfLoad(l),
            Valid v => new Valid(OfLoad(v.Of)),
            IndexOf i => new IndexOf(Index(i.Index)),
            Random r => new Random(r.Stream, Index(r.Counter)),
            _ => null,
        });
        return possible ? rewritten : null;
    }

    private static bool IsIdentity(IReadOnlyList<AffineIndex> variables)
    {
        for (var j = 0; j < variables.Count; j++)
            if (variables[j].AsVariable() != j || variables[j].Rank != variables.Count) return false;
        return true;
    }
}
