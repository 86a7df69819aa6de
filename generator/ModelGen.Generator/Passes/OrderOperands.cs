using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Copies the weights of a product into the order in which a GPU reads them, where neither their rows nor their k lie together: k first, as the sum
/// runs over it, the
/// rows last.</summary>
/// <remarks>The weights of a convolution lie by output channel, input channel and tap, and a sum that runs over taps and channels jumps from one to the next:
/// neighbouring threads
/// would touch 32 bytes for each four they need. Their copy costs less than one such pass over them.</remarks>
internal static class OrderOperands
{
    public static Graph Apply(Graph graph)
    {
        var rewriter = new Rewriter(graph);
        var copies = new Dictionary<(int, EquatableArray<int>), int>();
        return rewriter.Run((_, moved) => moved is ComputeNode c && Programs.Contraction.Matches(c)
            ? c with { Body = c.Body.Replace(e => e is Expr.Load l ? Ordered(rewriter, copies, c, l) : null) } : moved);
    }

    private static Expr.Load Ordered(Rewriter rewriter, Dictionary<(int, EquatableArray<int>), int> copies, ComputeNode reader, Expr.Load load)
    {
        var source = rewriter.Nodes[load.Node];
        var rank = source.Shape.Rank;
        if (source.Shape.IsPerSample || source.Type.Element != ElementType.F32 || rank < 2) return load;
        var variables = load.Index.Select(OnlyVariable).ToList();
        if (variables.Any(v => v < 0) || variables.Distinct().Count() != rank) return load;
        var last = variables[rank - 1];
        if (last < reader.OutputRank || last == reader.Axes.Count - 1) return load;
        var order = Enumerable.Range(0, rank).OrderBy(d => variables[d] < reader.OutputRank).ThenBy(d => variables[d]).ToEquatableArray();
        if (!copies.TryGetValue((load.Node, order), out var id))
        {
            var index = Enumerable.Range(0, rank).Select(d => AffineIndex.Variable(rank, order.ToList().IndexOf(d))).ToEquatableArray();
            var shape = Shape.Of(order.Select(d => source.Shape[d]));
            var purpose = Purpose.LayoutCopy(source, shape);
            id = copies[(load.Node, order)] = rewriter.Add(
                new ComputeNode(0, new(ElementType.F32, shape), purpose.Name, source.Origin, EquatableArray<Axis>.Empty, Combine.None,
                    new Expr.Load(load.Node, index))
                { Purpose = purpose, Differentiates = source.Differentiates });
        }
        return load with { Node = id, Index = order.Select(d => load.Index[d]).ToEquatableArray() };
    }

    // The variable an index moves with, forwards or backwards; below 0 where there is none or more.
    private static int OnlyVariable(AffineIndex index)
    {
        if (index.Divisor != 1 || index.Lookup is not null) return -1;
        var moving = Enumerable.Range(0, index.Rank).Where(j => index.Coefficients[j] != 0).ToList();
        return moving.Count == 1 && index.Coefficients[moving[0]] is (1 or -1) ? moving[0] : -1;
    }
}
