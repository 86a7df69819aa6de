using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Programs;

/// <summary>Recognises <c>y[o…] = Σ_r x(o, r) · Π_t M_t[o_t, r_t]</c> with small literal matrices M_t: a tile of the tensor multiplied by a matrix along each
/// of some
/// axes, as before and after the products of Winograd's convolution. Such sums are computed one axis after the other, in registers.</summary>
internal static class Transform
{
    public static bool Matches(Graph graph, ComputeNode node) => node.Combine == Combine.Sum
        && Factors(node.Body) is { } loads && loads.Any(l => IsLiteral(graph, l)) && loads.Count(l => !IsLiteral(graph, l)) == 1;

    /// <summary>The factors of a product of reads, or null.</summary>
    public static IReadOnlyList<Expr.Load>? Factors(Expr body)
    {
        var found = new List<Expr.Load>();
        bool Collect(Expr e)
        {
            if (e is Expr.BinaryNode { Kind: BinaryKind.Mul } product) return Collect(product.A) && Collect(product.B);
            if (e is not Expr.Load load) return false;
            found.Add(load);
            return true;
        }
        return Collect(body) ? found : null;
    }

    private static bool IsLiteral(Graph graph, Expr.Load load) => graph[load.Node] is LeafNode { IsLiteral: true };
}
