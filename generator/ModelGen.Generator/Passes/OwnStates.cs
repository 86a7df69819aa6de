using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Gives each state of a recurrence memory of its own, in which the initial state lies beside the states: what is the state of two
/// recurrences, or is viewed under another shape, is copied.</summary>
internal static class OwnStates
{
    public static Graph Apply(Graph graph)
    {
        if (!graph.Nodes.OfType<PreviousNode>().Any()) return graph;
        var states = new HashSet<int>(graph.Nodes.OfType<PreviousNode>().Select(p => p.Source));
        var taken = new HashSet<int>();
        var copied = graph.Nodes.OfType<PreviousNode>()
            .Where(p => graph[p.Source] is not ComputeNode || !taken.Add(p.Source)).ToLookup(p => p.Source, p => p.Id);
        var sources = new Dictionary<int, int>();
        var rewriter = new Rewriter(graph);
        var settled = rewriter.Run((node, moved) =>
        {
            var view = node is ReshapeNode r && (states.Contains(r.Source) || graph[r.Source] is PreviousNode) ? Copy(rewriter, rewriter.Number[r.Source]) : -1;
            var own = rewriter.Add(view >= 0 ? (ReshapeNode)moved with { Source = view } : moved);
            foreach (var previous in copied[node.Id]) sources[previous] = Copy(rewriter, own);
            return rewriter.Nodes[own];
        });
        var nodes = settled.Nodes.ToList();
        foreach (var copy in sources) nodes[rewriter.Number[copy.Key]] = (PreviousNode)nodes[rewriter.Number[copy.Key]] with { Source = copy.Value };
        return settled with { Nodes = nodes.ToEquatableArray() };
    }

    private static int Copy(Rewriter rewriter, int source)
    {
        var (of, rank) = (rewriter.Nodes[source], rewriter.Nodes[source].Shape.Rank);
        var purpose = Purpose.Copy(of);
        return rewriter.Add(new ComputeNode(0, of.Type, purpose.Name, of.Origin, EquatableArray<Axis>.Empty, Combine.None, Expr.Load.AtPoint(source, rank))
        {
            Purpose = purpose,
            Differentiates = of.Differentiates,
        });
    }
}
