using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Passes;

/// <summary>Finds, for each value, the axis that holds channels, judging by how contractions read it.</summary>
internal static class ChannelAxes
{
    /// <summary>For each node the axis to store last, or -1 where it stays as declared.</summary>
    public static int[] Of(Graph graph, CpuFamily family)
    {
        var channel = Enumerable.Repeat(-1, graph.Nodes.Count).ToArray();
        var compute = graph.Nodes.OfType<ComputeNode>().ToList();
        foreach (var node in compute.Where(Contraction.Matches)) Mark(graph, node, Sliding(node), channel);
        // From the inputs on and back from the results in turn: however long a chain of values is, some turns tell all of it.
        var values = compute.Select(n => (Node: n, IsContraction: Contraction.Matches(n))).ToList();
        var views = graph.Nodes.OfType<ReshapeNode>().ToList();
        bool changed;
        do
        {
            changed = false;
            foreach (var view in views) changed |= Through(graph, view, channel);
            foreach (var (node, isContraction) in values) changed |= isContraction ? Across(graph, node, channel) : Along(graph, node, channel);
            values.Reverse();
            views.Reverse();
        }
        while (changed);
        // Steps of a recurrence lie as they were declared, and so do the states before and after.
        var recurrences = Recurrences.Of(graph);
        foreach (var previous in graph.Nodes.OfType<PreviousNode>())
            foreach (var input in previous.Inputs) channel[input] = -1;
        for (var id = 0; id < channel.Length; id++)
            if (recurrences[id] >= 0 || graph[id] is PreviousNode) channel[id] = -1;
        for (var id = 0; id < channel.Length; id++)
            if (channel[id] >= 0 && !Pays(graph[id].Shape, channel[id], family.Widest.Lanes)) channel[id] = -1;
        // Two views of one value keep one order.
        foreach (var reshape in graph.Nodes.OfType<ReshapeNode>().Reverse())
            if (channel[reshape.Source] >= 0 && channel[reshape.Id] < 0
                && Same(graph[reshape.Source].Shape, channel[reshape.Source], reshape.Shape) >= 0) channel[reshape.Source] = -1;
        foreach (var reshape in graph.Nodes.OfType<ReshapeNode>())
            if (graph[reshape.Source] is ComputeNode && channel[reshape.Source] < 0 && Same(graph, reshape, channel[reshape.Id]) >= 0) channel[reshape.Id] = -1;
        foreach (var node in compute.Where(n => !n.Shape.IsPerSample && n.Shape.Rank > 1 && Contraction.Matches(n))) channel[node.Id] = OfWeightGradient(graph,
            node, channel, family.Widest.Lanes);
        return channel;
    }

    /// <summary>The axis of a reshaped value's source that is the given axis of the view; -1 where none is.</summary>
    public static int Same(Graph graph, ReshapeNode reshape, int axis) => axis < 0 ? -1 : Same(reshape.Shape, axis, graph[reshape.Source].Shape);

    private static int Same(Shape shape, int axis, Shape other)
    {
        for (var a = 0; a < other.Rank; a++)
            if (other[a] == shape[axis] && !other[a].IsOne && other.Stride(a) == shape.Stride(axis)) return a;
        return -1;
    }

    private static bool Through(Graph graph, ReshapeNode reshape, int[] channel)
    {
        var source = graph[reshape.Source];
        if (source is not ComputeNode) return false;
        var (own, theirs) = (channel[reshape.Id], channel[source.Id]);
        if (own >= 0 && theirs < 0) return source.Shape.Rank >= 3 && Set(source, Same(reshape.Shape, own, source.Shape), channel);
        return own < 0 && theirs >= 0 && reshape.Shape.Rank >= 3 && Set(reshape, Same(source.Shape, theirs, reshape.Shape), channel);
    }

    // Variables that slide: two of them make one position (output and window).
    private static HashSet<int> Sliding(ComputeNode node) => new(node.Body.Loads().SelectMany(l => l.Index)
        .Select(i => Enumerable.Range(0, i.Rank).Where(j => i.Coefficients[j] != 0 && !node.Axes[j].IsOne).ToList()).Where(v => v.Count > 1)
            .SelectMany(v => v));

    // In a tensor of the batch of which all axes but one are the batch or slide, the one is the channels.
    private static bool Mark(Graph graph, ComputeNode node, HashSet<int> spatial, int[] channel)
    {
        if (spatial.Count == 0) return false;
        var changed = false;
        foreach (var load in node.Body.Loads())
            changed |= Set(graph[load.Node], Rest(graph[load.Node].Shape, d => load.Index[d].Coefficients.Where((c, j) => c != 0 && spatial.Contains(j)).Any()),
                channel);
        return changed | Set(node, Rest(node.Shape, spatial.Contains), channel);
    }

    private static bool Set(Node node, int axis, int[] channel)
    {
        if (axis < 0 || channel[node.Id] >= 0 || node is LeafNode { Kind: not LeafKind.Input }) return false;
        channel[node.Id] = axis;
        return true;
    }

    private static int Rest(Shape shape, System.Func<int, bool> isSpatial)
    {
        if (!shape.IsPerSample || shape.Rank < 3) return -1;
        var rest = Enumerable.Range(0, shape.Rank).Where(d => !shape[d].PerSample && !isSpatial(d)).ToList();
        return rest.Count == 1 && rest[0] > 0 ? rest[0] : -1;
    }

    // Through a contraction, where one of its tensors is known already (a 1×1 convolution slides over nothing).
    private static bool Across(Graph graph, ComputeNode node, int[] channel)
    {
        var spatial = Sliding(node);
        foreach (var load in node.Body.Loads().Where(l => channel[l.Node] >= 0))
            spatial.UnionWith(load.Index.Where((_, d) => d != channel[load.Node]).SelectMany(i => Enumerable.Range(0, i.Rank).Where(i.DependsOn)));
        if (channel[node.Id] >= 0) spatial.UnionWith(Enumerable.Range(0, node.OutputRank).Where(d => d != channel[node.Id]));
        return Mark(graph, node, spatial, channel);
    }

    // Through a map, a window, a normalisation: a value and what is made from it element by element of that axis.
    private static bool Along(Graph graph, ComputeNode node, int[] channel)
    {
        var changed = false;
        foreach (var load in node.Body.Loads())
        {
            var source = graph[load.Node];
            if (channel[load.Node] >= 0)
            {
                var variable = Single(load.Index[channel[load.Node]]);
                if (variable >= 0 && variable < node.OutputRank && node.Shape.IsPerSample && node.Shape.Rank >= 3) changed |= Set(node, variable, channel);
            }
            else if (channel[node.Id] >= 0 && source.Shape.IsPerSample && source.Shape.Rank >= 3)
            {
                var axes = Enumerable.Range(0, source.Shape.Rank).Where(d => Single(load.Index[d]) == channel[node.Id]).ToList();
                if (axes.Count == 1) changed |= Set(source, axes[0], channel);
            }
        }
        return changed;
    }

    private static int Single(AffineIndex index) => index.Divisor == 1 && index.Lookup is null && index.Coefficients.Count(c => c != 0) == 1
        ? Enumerable.Range(0, index.Rank).First(j => index.Coefficients[j] != 0) : -1;

    // Enough channels to fill vectors, or at least more than the rows of the image do.
    private static bool Pays(Shape shape, int channel, int lanes) => Use(shape[channel], lanes) >= Use(shape[shape.Rank - 1], lanes)
        && channel != shape.Rank - 1;

    // The share of lanes at work.
    private static double Use(Axis axis, int lanes) => (double)axis.Factor / ((axis.Factor + lanes - 1) / lanes * lanes);

    // A sum over the batch of products of two values with channels: the longer channels go last.
    private static int OfWeightGradient(Graph graph, ComputeNode node, int[] channel, int lanes) => node.Body.Loads()
        .Where(l => channel[l.Node] >= 0).Select(l => Single(l.Index[channel[l.Node]])).Where(v => v >= 0 && v < node.OutputRank - 1)
        .OrderByDescending(v => Use(node.Shape[v], lanes)).ThenByDescending(v => node.Shape[v].Factor).Cast<int?>().FirstOrDefault() ?? -1;
}
