using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering;

/// <summary>Gives every tensor a place. Values between kernels share one arena by their live ranges; a kernel may write over an operand that dies with it and
/// that it reads only at the point it writes.</summary>
/// <remarks>Tensors with a batch axis and tensors without are planned apart, so that every offset is a literal (times N): first the fixed part, then the part
/// that scales with the batch.</remarks>
internal static class PlanWorkspace
{
    /// <param name="keepsSums">Whether sums of a kernel wait in its result between calls or blocks: its place is taken from the start.</param>
    /// <param name="share">False where every value is to outlive the program.</param>
    public static Program Apply(Graph graph, CallOrder order, ModelLayout layout, Func<Kernel, bool> keepsSums, bool share = true)
    {
        var storage = order.Storage;
        var places = new Dictionary<int, Place>();
        var inputs = 0;
        foreach (var leaf in graph.Nodes.OfType<LeafNode>())
            places[leaf.Id] = leaf.Kind switch
            {
                LeafKind.Parameter => new(Region.Parameters, 0, 0, layout.OffsetOf(leaf)),
                LeafKind.Buffer => new(Region.Buffers, 0, 0, layout.OffsetOf(leaf)),
                LeafKind.Tangent => new(Region.Tangents, 0, 0, layout.OffsetOf(leaf)),
                LeafKind.Constant => new(Region.Constant, layout.NumberOf(leaf), 0, 0),
                _ => new(Region.Input, inputs++, 0, 0),
            };
        PlaceResults(graph, layout, places);

        var ranges = LiveRanges(order, places);
        var reuse = share ? InPlace(order, keepsSums) : new();
        if (!share) ranges = ranges.Select(r => (r.Node, r.First, order.Calls.Count)).ToList();
        var slots = new List<Slot>();
        var derived = new HashSet<int>(order.Calls.Take(order.Derived).SelectMany(c => c.Writes));
        // What later calls read stays.
        var kept = new HashSet<int>(order.Calls.Skip(order.Derived).SelectMany(c => c.Reads).Select(storage.Owner));
        var derivedFloats = Arrange(ranges.Where(r => derived.Contains(r.Node))
            .Select(r => kept.Contains(r.Node) ? (r.Node, r.First, order.Calls.Count) : r).ToList(), reuse, storage, slots, offset =>
            new(Region.Derived, 0, 0, offset));
        ranges = ranges.Where(r => !derived.Contains(r.Node)).ToList();
        var fixedSize = Arrange(ranges.Where(r => !storage[r.Node].Whole.IsPerSample).ToList(), reuse, storage, slots, offset =>
            new(Region.Workspace, 0, 0, offset));
        var perSample = Arrange(ranges.Where(r => storage[r.Node].Whole.IsPerSample).ToList(), reuse, storage, slots, offset =>
            new(Region.Workspace, 0, offset, fixedSize));
        foreach (var slot in slots) places[slot.Node] = slot.Place;
        var owners = new Dictionary<int, Place>(places);
        foreach (var node in graph.Nodes)
            if (node is not LeafNode
                && owners.TryGetValue(storage.Owner(node.Id), out var place)) places[node.Id] = place with { Fixed = place.Fixed + storage[node.Id].Start };
        return new(graph, order, places, new(perSample, fixedSize), slots.OrderBy(s => s.First).ThenBy(s => s.Node).ToList(), derivedFloats);
    }

    // What leaves the graph is written where it belongs at once.
    private static void PlaceResults(Graph graph, ModelLayout layout, Dictionary<int, Place> places)
    {
        void Put(int node, Place place)
        {
            var source = graph.Source(node);
            if (graph[source] is ComputeNode or JoinNode && !places.ContainsKey(source)) places[source] = place;
        }
        foreach (var gradient in graph.Gradients)
            if (graph[gradient.Of] is LeafNode { Kind: LeafKind.Parameter } leaf) Put(gradient.Value, new(Region.Gradients, 0, 0, layout.OffsetOf(leaf)));
        foreach (var update in graph.Updates) Put(update.Value, new(Region.Buffers, 0, 0, layout.OffsetOf((LeafNode)graph[update.Buffer])));
        if (graph.Loss >= 0) Put(graph.Loss, new(Region.Loss, 0, 0, 0));
        for (var s = 0; s < graph.Sums.Count; s++) Put(graph.Sums[s], new(Region.Loss, 0, 0, 1 + s));
        long offset = 0;
        foreach (var output in graph.Outputs)
        {
            var length = graph[output].Shape.Length;
            // Outputs follow one another in one row for each sample only where there is one; several are planes of the whole batch.
            Put(output, new(Region.Output, 0, offset, 0));
            offset += length.Factor;
        }
    }

    private static List<(int Node, int First, int Last)> LiveRanges(CallOrder order, Dictionary<int, Place> places)
    {
        var first = new Dictionary<int, int>();
        var last = new Dictionary<int, int>();
        // What a repeated call touches is in use as long as it is repeated.
        (int, int) Span(int call) => CallOrder.Repeated(order.Loops, order.BatchLoops, call) is var (from, end) ? (from, end - 1) : default;
        for (var c = 0; c < order.Calls.Count; c++)
        {
            var (from, to) = Span(c);
            foreach (var written in order.Calls[c].Writes.Select(order.Storage.Owner))
            {
                if (!first.ContainsKey(written)) first[written] = from;
                last[written] = to;
            }
            foreach (var read in order.Calls[c].Reads.Select(order.Storage.Owner)) last[read] = to;
        }
        return first.Where(f => !places.ContainsKey(f.Key)).OrderBy(f => f.Value).ThenBy(f => f.Key).Select(f => (f.Key, f.Value, last[f.Key])).ToList();
    }

    // Pairs (operand, result) of one call where the result may take the operand's place.
    private static HashSet<(int, int)> InPlace(CallOrder order, Func<Kernel, bool> keepsSums)
    {
        var pairs = new HashSet<(int, int)>();
        var (owner, storage) = ((Func<int, int>)order.Storage.Owner, order.Storage);
        foreach (var call in order.Calls)
        {
            if (keepsSums(call.Kernel)) continue;
            var (stages, arguments) = (call.Kernel.Stages, call.Kernel.Arguments);
            var reads = Enumerable.Range(0, stages.Count)
                .SelectMany(t => stages[t].Expression.Loads().Select(load => (Stage: t, Load: load))).ToLookup(r => r.Load.Node);
            var written = new HashSet<int>(call.Kernel.Written);
            // Another view of the same memory in this call may be read at another point.
            var alone = new HashSet<int>(Enumerable.Range(0, call.Arguments.Count).GroupBy(a => owner(call.Arguments[a])).Where(views => views.Count() == 1)
                .Select(views => views.First()));
            var operands = alone.Where(a => reads.Contains(a) && !written.Contains(a)).OrderBy(a => a).ToList();
            for (var s = 0; s < stages.Count; s++)
            {
                if (stages[s] is not StoreStage store) continue;
                foreach (var argument in operands)
                {
                    if (arguments[argument].Shape != arguments[store.Argument].Shape
                        || !storage.AreAlike(call.Arguments[argument], call.Arguments[store.Argument])) continue;
                    // Earlier stages over other inner axes would see part of the row overwritten only if they ran again for the same point: they do not.
                    if (reads[argument].All(r => r.Stage <= s && r.Load.Index.Count == store.Index.Count
                        && Enumerable.Range(0, r.Load.Index.Count).All(d => Same(r.Load.Index[d], store.Index[d]))))
                        pairs.Add((owner(call.Arguments[argument]), owner(call.Arguments[store.Argument])));
                }
            }
        }
        return pairs;
    }

    private static bool Same(AffineIndex read, AffineIndex written)
    {
        int a = read.AsVariable(), b = written.AsVariable();
        return a >= 0 && a == b;
    }

    // Largest first, each at the lowest offset free for its whole life (the planner of the well-known "greedy by size" kind).
    private static long Arrange(
        List<(int Node, int First, int Last)> ranges, HashSet<(int, int)> reuse, Storage storage, List<Slot> slots, Func<long, Place> place)
    {
        var placed = new PlacedRanges(ranges.Count);
        var beside = new HashSet<int>(reuse.SelectMany(pair => new[] { pair.Item1, pair.Item2 }));
        long total = 0;
        foreach (var (range, length) in ranges.Select(r => (Range: r, Length: Length(storage, r.Node)))
            .OrderByDescending(r => r.Length).ThenBy(r => r.Range.First).ThenBy(r => r.Range.Node))
        {
            Cancellation.Check();
            var offset = placed.Lowest(range, length, beside.Contains(range.Node) ? reuse : null);
            placed.Add(range, offset, length);
            slots.Add(new(range.Node, range.First, range.Last, place(offset), length));
            total = Math.Max(total, offset + length);
        }
        return total;
    }

    private static long Length(Storage storage, int node) => ModelLayout.Align(storage[node].Whole.Length.Factor);
}
