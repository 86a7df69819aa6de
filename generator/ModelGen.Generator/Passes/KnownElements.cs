using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Elements whose value follows from where they lie, as those above the diagonal of causal attention: −∞ in the masked scores, hence 0 in
/// the weights. Sums need not look at the zeros, and products that are multiplied by them alone, or not chosen there, need not be computed.</summary>
/// <remarks>Holds for finite data: a product of 0 and an infinite number that is left out would have been NaN, and so would 0 divided by a sum that is 0. An
/// infinite or undefined score that
/// the mask lets through makes its whole row of weights undefined, with the zeros left out as well.</remarks>
internal sealed class KnownElements
{
    private readonly Graph _graph;
    private readonly Recurrences _recurrences;
    private readonly Consumers _consumers;
    private readonly HashSet<int> _results;

    // By node: where an index over its axes is positive, and what its elements are there.
    private readonly Dictionary<int, (AffineIndex Where, double Value)> _known = new();

    private KnownElements(Graph graph, Recurrences recurrences, Consumers consumers)
    {
        (_graph, _recurrences, _consumers, _results) = (graph, recurrences, consumers, new HashSet<int>(graph.Results));
        foreach (var node in graph.Nodes.OfType<ComputeNode>())
            if (node.Combine == Combine.None && recurrences[node.Id] < 0 && Constant(node) is { } found) _known[node.Id] = found;
    }

    public static KnownElements Of(Graph graph, Recurrences recurrences, Consumers consumers) => new(graph, recurrences, consumers);

    /// <summary>Where this index over the axes of the value is positive, its elements are zero; null where nothing of the kind is known.</summary>
    public AffineIndex? Zeros(int node) => _known.TryGetValue(node, out var known) && known.Value == 0 ? known.Where : null;

    /// <summary>Where this index over the axes of the value is positive, any finite number will do for its elements; null where all are needed.</summary>
    public AffineIndex? Unneeded(int node)
    {
        if (_results.Contains(node) || _recurrences[node] >= 0 || _consumers[node].Count == 0) return null;
        AffineIndex? found = null;
        foreach (var number in _consumers[node])
        {
            if (_graph[number] is not ComputeNode { Combine: Combine.None or Combine.Sum } reader || _recurrences[number] >= 0) return null;
            var constant = Constant(reader);
            if (constant is not var (where, value) || reader.Combine == Combine.Sum && value != 0) return null;
            foreach (var load in reader.Body.Loads().Where(l => l.Node == node))
            {
                if (Over(load, where, reader) is not { } here || found is not null && !here.Equals(found)) return null;
                found = here;
            }
            if (!IsIgnored(reader, reader.Body, node, where)) return null;
        }
        return found;
    }

    // Whether the value of an expression at a place stays what it is, whatever finite number is read from a value: it stands where nothing is chosen, or
    // is multiplied by zero before anything is done to it that has no finite result for some numbers.
    private bool IsIgnored(ComputeNode reader, Expr e, int value, AffineIndex where)
    {
        if (e.Loads().All(l => l.Node != value)) return true;
        bool Ignored(Expr part) => IsIgnored(reader, part, value, where);
        switch (e)
        {
            case Expr.SelectNode s:
                return Ignored(s.Condition) && (Truth(s.Condition, where) is { } truth ? Ignored(truth ? s.Then : s.Else) : Ignored(s.Then) && Ignored(s.Else));
            case Expr.BinaryNode { Kind: BinaryKind.Mul } product:
                return Ignored(product.A) && Ignored(product.B) || Value(reader, product.A, where) == 0 && IsFinite(product.B)
                    || Value(reader, product.B, where) == 0 && IsFinite(product.A);
            case Expr.Load or Expr.IndexOf or Expr.Valid:
                return false;
            default:
                return e.Children.All(Ignored);
        }
    }

    // A finite number for finite ones.
    private static bool IsFinite(Expr e) => e.SelfAndDescendants().All(part => part
        is Expr.Load or Expr.Const or Expr.SizeOf or Expr.IndexOf or Expr.UnaryNode { Kind: UnaryKind.Neg }
                    or Expr.BinaryNode { Kind: BinaryKind.Add or BinaryKind.Sub or BinaryKind.Mul });

    // An index over the reader's variables as one over the axes of what it reads, where those are variables of the reader, each another one.
    private AffineIndex? Over(Expr.Load load, AffineIndex where, ComputeNode reader)
    {
        var axes = load.Index.Select(i => i.AsVariable()).ToList();
        if (axes.Any(v => v < 0) || axes.Distinct().Count() != axes.Count
            || axes.Where((v, d) => _graph[load.Node].Shape[d] != reader.Axes[v]).Any()) return null;
        if (Enumerable.Range(0, where.Rank).Any(v => where.Coefficients[v] != 0 && !axes.Contains(v))) return null;
        return new(axes.Select(v => where.Coefficients[v]).ToEquatableArray(), where.Offset);
    }

    // Where the body is the same number whatever it reads, and that number.
    private (AffineIndex Where, double Value)? Constant(ComputeNode node)
    {
        foreach (var where in Places(node).Where(w => Occurs(w, node)).Distinct())
            if (Value(node, node.Body, where) is { } value) return (where, value);
        return null;
    }

    // Positive somewhere; and the same for some samples of a batch as for all.
    private static bool Occurs(AffineIndex where, ComputeNode node) => where.NumeratorRange(node.Axes) is var (_, high) && high > 0;

    private List<AffineIndex> Places(ComputeNode node)
    {
        var places = new List<AffineIndex>();
        node.Body.Has(e =>
        {
            if (e is Expr.Compare compare && Sides(compare) is var (holds, fails))
            {
                places.Add(fails);
                places.Add(holds);
            }
            if (e is Expr.Load load && Place(node, load) is { } known) places.Add(known);
            return false;
        });
        return places;
    }

    private AffineIndex? Place(ComputeNode node, Expr.Load load) => _known.TryGetValue(load.Node, out var known)
        && load.Index.Select((i, d) => i.Lookup is null && i.AlwaysInside(node.Axes, _graph[load.Node].Shape[d])).All(inside => inside)
        ? known.Where.Substitute(load.Index, node.Axes.Count) is { Divisor: 1, Lookup: null } place ? place : null : null;

    // Indices that are positive where a comparison of positions holds, and where it fails.
    private static (AffineIndex Holds, AffineIndex Fails)? Sides(Expr.Compare compare)
    {
        if (Position(compare.A) is not { } a || Position(compare.B) is not { } b || a.Rank != b.Rank && a.Rank * b.Rank > 0) return null;
        // Positions that are numbers have no variables.
        var rank = Math.Max(a.Rank, b.Rank);
        AffineIndex Whole(AffineIndex i) => i.Rank == rank ? i : AffineIndex.Constant(rank, i.Offset);
        var difference = Whole(a).Plus(Whole(b).Times(-1));
        AffineIndex Moved(AffineIndex i, int by) => i with { Offset = i.Offset + by };
        return rank == 0 ? null : compare.Kind switch
        {
            CompareKind.Greater => (difference, Moved(difference.Times(-1), 1)),
            CompareKind.GreaterOrEqual => (Moved(difference, 1), difference.Times(-1)),
            CompareKind.Less => (difference.Times(-1), Moved(difference, 1)),
            CompareKind.LessOrEqual => (Moved(difference.Times(-1), 1), difference),
            _ => null,
        };
    }

    private static AffineIndex? Position(Expr e) => e switch
    {
        Expr.IndexOf { Index: { Divisor: 1, Lookup: null } index } => index,
        Expr.Const c when c.Value == Math.Round(c.Value) && Math.Abs(c.Value) < 1 << 20 => AffineIndex.Constant(0, (int)c.Value),
        _ => null,
    };

    private double? Value(ComputeNode node, Expr e, AffineIndex where)
    {
        switch (e)
        {
            case Expr.Const c:
                return c.Value;
            case Expr.Load load:
                return where.Equals(Place(node, load)) ? _known[load.Node].Value : null;
            case Expr.Stop s:
                return Value(node, s.X, where);
            case Expr.Surrogate s:
                return Value(node, s.Value, where);
            case Expr.SelectNode s:
                return Truth(s.Condition, where) is { } truth ? Value(node, truth ? s.Then : s.Else, where)
                    : Value(node, s.Then, where) is { } then && Value(node, s.Else, where) is { } otherwise && then.Equals(otherwise) ? then : null;
            case Expr.UnaryNode u:
                return Value(node, u.X, where) is { } x ? Number(ScalarMath.Apply(u.Kind, x)) : null;
            case Expr.BinaryNode b:
                return (Value(node, b.A, where), Value(node, b.B, where)) switch
                {
                    ({ } left, { } right) => Number(ScalarMath.Apply(b.Kind, left, right)),
                    (0, null) when b.Kind is BinaryKind.Mul or BinaryKind.Div => 0,
                    (null, 0) when b.Kind == BinaryKind.Mul => 0,
                    ({ } left, null) when double.IsInfinity(left) && b.Kind is BinaryKind.Add or BinaryKind.Sub => left,
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static bool? Truth(Expr condition, AffineIndex where) => condition switch
    {
        Expr.Both both => Truth(both.A, where) is var a && Truth(both.B, where) is var b && (a == false || b == false) ? false : a == true
            && b == true ? true : null,
        Expr.Compare compare when Sides(compare) is var (holds, fails) => where.Equals(holds) ? true : where.Equals(fails) ? false : null,
        _ => null,
    };

    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}
