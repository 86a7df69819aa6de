using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Programs;

/// <summary>Recognises <c>c[o] = Σ_r a(o, r) · b(o, r)</c> where each factor has an output axis of its own, so that every element is
/// used several times: matrix products, convolutions and both of their gradients. Such a sum is computed in register tiles.</summary>
internal static class Contraction
{
    public static bool Matches(ComputeNode node) => node.Combine == Combine.Sum && Factors(node.Body) is var (a, b)
        && Reuses(a, b, node.Shape.Axes, node.Axes.Count);

    /// <summary>The two factors, or null.</summary>
    public static (Expr.Load A, Expr.Load B)? Factors(Expr body) =>
        body is Expr.BinaryNode { Kind: BinaryKind.Mul, A: Expr.Load a, B: Expr.Load b } && !HasLookup(a) && !HasLookup(b) ? (a, b) : null;

    /// <summary>True where each factor has an output axis of its own, longer than 1.</summary>
    public static bool Reuses(Expr.Load a, Expr.Load b, EquatableArray<Axis> output, int rank)
    {
        bool Alone(Expr.Load own, Expr.Load other) =>
            Enumerable.Range(0, output.Count).Any(j => !output[j].IsOne && own.Index.Any(i => i.DependsOn(j)) && !other.Index.Any(i => i.DependsOn(j)));
        return rank > output.Count && Alone(a, b) && Alone(b, a);
    }

    private static bool HasLookup(Expr.Load load) => load.Index.Any(i => i.Lookup is not null);
}
