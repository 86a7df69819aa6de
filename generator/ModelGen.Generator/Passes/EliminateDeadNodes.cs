using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Drops what no result needs and renumbers the rest. Leaves stay: they are the model's interface.</summary>
internal static class EliminateDeadNodes
{
    public static Graph Apply(Graph graph)
    {
        var live = new bool[graph.Nodes.Count];
        var todo = new Stack<int>(graph.Results.Concat(graph.Nodes.OfType<LeafNode>().Select(l => l.Id)));
        while (todo.Count > 0)
        {
            var id = todo.Pop();
            if (live[id]) continue;
            live[id] = true;
            foreach (var input in graph[id].Inputs) todo.Push(input);
        }
        var number = new int[live.Length];
        for (int id = 0, count = 0; id < live.Length; id++) number[id] = live[id] ? count++ : count;
        var nodes = graph.Nodes.Where(n => live[n.Id]).Select(n => Renumbering.Of(n.Differentiating(f => live[f] ? f : -1), number));
        return graph.Renumbered(nodes.ToEquatableArray(), number);
    }
}
