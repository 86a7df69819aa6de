using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Passes;

/// <summary>For each node, the nodes that read it.</summary>
internal sealed class Consumers
{
    private readonly List<int>[] _readers;

    private Consumers(List<int>[] readers) => _readers = readers;

    public IReadOnlyList<int> this[int node] => _readers[node];

    public static Consumers Of(Graph graph)
    {
        var readers = graph.Nodes.Select(_ => new List<int>()).ToArray();
        foreach (var node in graph.Nodes)
            foreach (var input in node.Inputs) readers[input].Add(node.Id);
        return new(readers);
    }
}
