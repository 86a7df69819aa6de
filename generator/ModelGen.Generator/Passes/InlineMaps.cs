using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Computes element-wise nodes inside their consumers, so that a chain of maps is one pass over memory.</summary>
/// <remarks>A map is inlined into all of its consumers or into none. Views and constants always; a cheap map into several
/// consumers; any map into a single one, unless it is kept for the backward part (see <see cref="KeepDerivatives"/>). Contractions take only views: their
/// operands must stay plain reads. A map that can be the epilogue of
/// a contraction stays, and so does one that leaves the graph.</remarks>
internal static class InlineMaps
{
    public static Graph Apply(Graph graph, PassOptions options)
    {
        var builder = new List<Node>();
        var results = new HashSet<int>(graph.Results);
        var consumers = Consumers.Of(graph);
        var inline = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
        {
            if (node is not ComputeNode c)
            {
                builder.Add(node);
                continue;
            }
            var inlined = new List<ComputeNode>();
            var body = Inline(c, builder, inline, graph, options, inlined);
            var rewritten = ReferenceEquals(body, c.Body) ? c : c with { Body = body, Inlined = Told(c, inlined) };
            builder.Add(rewritten);
            inline[c.Id] = !results.Contains(c.Id) && ShouldInline(graph, rewritten, consumers, inline, options);
        }
        var read = new HashSet<int>(builder.SelectMany(n => n.Inputs).Concat(results));
        return EliminateDeadNodes.Apply(graph with { Nodes = builder.Select(Settled).ToEquatableArray() });

        // What differentiates a map that is computed inside of another value differentiates that value.
        Node Settled(Node node) => node.Differentiating(of =>
        {
            while (of >= 0 && !read.Contains(of)) of = consumers[of].Where(r => r < graph.ForwardCount).DefaultIfEmpty(-1).First();
            return of;
        });
    }

    // So many tell what a value is a derivative of; a sum over a long chain would carry all of it along.
    private const int MostTold = 4;

    // Derivatives of other calls: those of its own it is named by, and a view is none.
    private static EquatableArray<InlinedValue> Told(ComputeNode node, IEnumerable<ComputeNode> inlined) => inlined
        .SelectMany(i => i.Differentiates < 0 || i.Body is Expr.Load ? i.Inlined : i.Inlined.Add(new(i.Purpose, i.Origin, i.Differentiates)))
        .Where(i => i.Origin.Call != node.Origin.Call).GroupBy(i => i.Origin.Call).Select(g => g.Last()).Take(MostTold).ToEquatableArray();

    private static bool ShouldInline(Graph graph, ComputeNode node, Consumers consumers, bool[] inlined, PassOptions options)
    {
        if (node.Combine != Combine.None || node.IsKept) return false;
        var body = node.Body;
        if (!body.Loads().Any()) return true;
        if (body is Expr.Load) return true;
        var readers = Readers(graph, node.Id, consumers).ToList();
        if (readers.Count == 0 || readers.Any(r => graph[r] is not ComputeNode)) return false;
        if (readers.Any(r => Contraction.Matches((ComputeNode)graph[r]))) return false;
        if (IsEpilogue(graph, node, consumers) && !readers.All(r => IsSamePointMap(graph, (ComputeNode)graph[r], node.Id))) return false;
        if (readers.Any(r => ReadsRepeatedly((ComputeNode)graph[r], node.Id))) return false;
        return readers.Count == 1 || IsCheap(body, options);
    }

    // Those that remain when views are folded into their readers.
    private static IEnumerable<int> Readers(Graph graph, int node, Consumers consumers) => consumers[node].SelectMany(r =>
        graph[r] is ComputeNode { Combine: Combine.None, Body: Expr.Load } && consumers[r].Count > 0 && consumers[r].All(c => graph[c] is ComputeNode)
            ? Readers(graph, r, consumers) : new[] { r });

    // Reads a contraction at the same point and is the only one to: it will be done while the tile is in registers.
    private static bool IsEpilogue(Graph graph, ComputeNode node, Consumers consumers) => node.Body.Loads().Any(l =>
        graph[l.Node] is ComputeNode producer && Contraction.Matches(producer) && producer.Shape == node.Shape && l.IsAtPoint);

    private static bool IsSamePointMap(Graph graph, ComputeNode reader, int node) => reader.Combine == Combine.None && reader.Shape == graph[node].Shape
        && reader.Body.Loads().Where(l => l.Node == node).All(l => l.IsAtPoint);

    // True where the reader visits an element several times (a window, a broadcast): computing it once and keeping it is better.
    private static bool ReadsRepeatedly(ComputeNode reader, int node)
    {
        if (reader.Combine == Combine.None && reader.Body.Loads().Count(l => l.Node == node) == 1) return false;
        return reader.Body.Loads().Where(l => l.Node == node).Any(l =>
            Enumerable.Range(0, reader.Axes.Count).Any(j => !reader.Axes[j].IsOne && !l.Index.Any(i => i.DependsOn(j)))
            || l.Index.Any(i => i.Coefficients.Count(c => c != 0) > 1));
    }

    /// <summary>True for a map that may be computed once for each of its readers.</summary>
    public static bool IsCheap(Expr body, PassOptions options) => body.Loads().Count <= 2 && body.Size <= options.Family.Crossovers.OperationsOfACheapMap
        && !body.Has(e => e is
        Expr.UnaryNode { Kind: not (UnaryKind.Neg or UnaryKind.Abs) } or Expr.BinaryNode { Kind: BinaryKind.Div or BinaryKind.Pow } or Expr.Random);

    private static Expr Inline(ComputeNode node, List<Node> done, bool[] inline, Graph graph, PassOptions options, List<ComputeNode> inlined)
    {
        var guarded = new List<int>();
        node.Body.Has(e =>
        {
            if (e is Expr.Valid valid) guarded.Add(valid.Of.Node);
            return false;
        });
        var rank = node.Axes.Count;
        var result = node.Body.Replace(e =>
        {
            if (e is not Expr.Load load || !inline[load.Node] || guarded.Contains(load.Node)) return null;
            if (done[load.Node] is not ComputeNode producer) return null;
            // Beside the value it reads the fill, whatever the value is: one that is the same everywhere has ends too.
            if (!IsInside(graph, load, node.Axes)) return null;
            // Nothing is known of a position that is looked up but that it lies inside the value read. What that reads beside its own operands would be read
            // without a test.
            if (load.Index.Any(i => i.Lookup is not null) && !producer.Body.Loads().All(l => IsInside(graph, l, producer.Axes))) return null;
            if (Substitution.Apply(producer.Body, load.Index.ToArray(), rank) is not { } body) return null;
            inlined.Add(producer);
            return body;
        });
        return result.Size > options.Family.Jit.OperationsOfAnExpression ? node.Body : result;
    }

    private static bool IsInside(Graph graph, Expr.Load load, IReadOnlyList<Axis> axes)
    {
        var shape = graph[load.Node].Shape;
        for (var d = 0; d < shape.Rank; d++)
            if (!load.Index[d].AlwaysInside(axes, shape[d])) return false;
        return true;
    }
}
