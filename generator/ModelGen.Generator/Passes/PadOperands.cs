using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
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
        var nodes = new List<Node>();
        var number = new int[graph.Nodes.Count];
        var padded = new Dictionary<(int, EquatableArray<(long, long)>, EquatableArray<(int, bool)>, double), int>();
        foreach (var node in graph.Nodes)
        {
            var moved = EliminateDeadNodes.Renumber(node, number);
            if (moved is ComputeNode c && Contraction.Matches(c))
                moved = c with { Body = c.Body.Replace(e => e is Expr.Load l ? Pad(nodes, padded, c, l) : null) };
            number[node.Id] = nodes.Count;
            nodes.Add(moved with { Id = nodes.Count });
        }
        // States come after what reads them one step later.
        foreach (var node in graph.Nodes.OfType<PreviousNode>()) nodes[number[node.Id]] = EliminateDeadNodes.Renumber(node, number);
        return graph.Renumbered(nodes.ToEquatableArray(), number);
    }

    private static Expr.Load Pad(List<Node> nodes, Dictionary<(int, EquatableArray<(long, long)>, EquatableArray<(int, bool)>, double), int> padded, ComputeNode reader, Expr.Load load)
    {
        var source = nodes[load.Node];
        var rank = source.Shape.Rank;
        var ranges = new (long Low, long High)[rank];
        var index = load.Index.ToArray();
        var needed = false;
        for (var d = 0; d < rank; d++)
        {
            ranges[d] = (0, -1);
            if (load.Index[d].AlwaysInside(reader.Axes, source.Shape[d]) && load.Index[d].Divisor == 1) continue;
            if (load.Index[d].NumeratorRange(reader.Axes) is not { } range) return load;
            ranges[d] = range;
            needed = true;
        }
        if (!needed) return load;
        for (var d = 0; d < rank; d++)
            if (ranges[d].High >= ranges[d].Low)
                index[d] = new AffineIndex(load.Index[d].Coefficients, load.Index[d].Offset - (int)ranges[d].Low);
        var divisors = load.Index.Select(i => (i.Divisor, i.Floor)).ToEquatableArray();
        var key = (load.Node, ranges.Select(r => (r.Low, r.High)).ToEquatableArray(), divisors, load.Fill);
        if (!padded.TryGetValue(key, out var id))
        {
            id = nodes.Count;
            padded[key] = id;
            var shape = Shape.Of(Enumerable.Range(0, rank).Select(d => ranges[d].High < ranges[d].Low ? source.Shape[d] : (Axis)(int)(ranges[d].High - ranges[d].Low + 1)));
            var position = Enumerable.Range(0, rank).Select(d => ranges[d].High < ranges[d].Low
                ? AffineIndex.Variable(rank, d)
                : AffineIndex.Variable(rank, d, 1, (int)ranges[d].Low) with { Divisor = load.Index[d].Divisor, Floor = load.Index[d].Floor });
            var name = source.Name.Length > 0 ? source.Name + "Padded" : "";
            nodes.Add(new ComputeNode(id, new(ElementType.F32, shape), name, source.Origin, EquatableArray<Axis>.Empty, Combine.None,
                new Expr.Load(load.Node, position.ToEquatableArray(), load.Fill)));
        }
        return new Expr.Load(id, index.ToEquatableArray());
    }
}
