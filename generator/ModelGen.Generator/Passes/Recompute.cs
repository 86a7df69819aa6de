using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Computes transient values of the forward part a second time where the backward part reads them, right before their first reader, so
/// that none of them lives from one part to the other.</summary>
/// <remarks>Chen et al. 2016, "Training deep nets with sublinear memory cost", for values an op names.</remarks>
internal static class Recompute
{
    public static Graph Apply(Graph graph)
    {
        if (!graph.Nodes.Any(n => n is ComputeNode { IsTransient: true } && n.Id < graph.ForwardCount)) return graph;
        var rewriter = new Rewriter(graph);
        var again = new Dictionary<int, int>();
        return EliminateDeadNodes.Apply(rewriter.Run((node, moved) =>
        {
            var wanted = node.Id < graph.ForwardCount ? new List<int>() : node.Inputs.Where(IsTransient).ToList();
            foreach (var input in wanted) Again(input);
            // What is differentiated is the forward part's own.
            return wanted.Count > 0 ? Renumbering.Of(node, In(again, rewriter.Number)) with { Differentiates = moved.Differentiates } : moved;
        }));

        bool IsTransient(int id) => id < graph.ForwardCount && graph[id] is ComputeNode { IsTransient: true };

        void Again(int id)
        {
            if (again.ContainsKey(id)) return;
            foreach (var input in graph[id].Inputs.Where(IsTransient).ToList()) Again(input);
            var copy = Renumbering.Of(graph[id], In(again, rewriter.Number));
            again[id] = rewriter.Add(copy.As(Purpose.Copy(copy, "again")) with { Differentiates = -1 });
        }
    }

    private static int[] In(Dictionary<int, int> again, int[] number) => number.Select((n, id) => again.TryGetValue(id, out var copy) ? copy : n).ToArray();
}
