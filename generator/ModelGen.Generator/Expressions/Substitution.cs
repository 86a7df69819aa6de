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
        var possible = true;
        AffineIndex Index(AffineIndex i)
        {
            var result = i.Substitute(variables, newRank);
            possible &= result is not null;
            return result ?? i;
        }
        Load OfLoad(Load l) => l with { Index = l.Index.Select(Index).ToEquatableArray() };
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
}
