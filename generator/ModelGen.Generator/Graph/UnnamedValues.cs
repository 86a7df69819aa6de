using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>Names for the values of a graph that no declaration in C# stands behind, by the rules for those that a person has not named: the result of a
/// call is called as the call is, and what leads to it says what it is to that.</summary>
internal static class UnnamedValues
{
    public static Graph Name(Graph graph)
    {
        if (graph.Nodes.All(n => n.Name.Length > 0)) return graph;
        var taken = new UniqueNames(StringComparer.Ordinal, taken: graph.Nodes.Select(n => n.Name).Where(n => n.Length > 0));
        var results = graph.Nodes.Where(n => n is not LeafNode).GroupBy(n => n.Origin.Call).ToDictionary(g => g.Key, g => g.Last());
        var names = new Dictionary<int, string>();
        foreach (var result in results.Values.OrderBy(r => r.Id))
            names[result.Id] = result.Name.Length > 0 ? result.Name : taken.Take(Stem(result));
        foreach (var node in graph.Nodes.Where(n => n.Name.Length == 0 && !names.ContainsKey(n.Id)))
        {
            var whole = node is ReshapeNode view ? Known(view.Source) : results.TryGetValue(node.Origin.Call, out var result) ? names[result.Id] : Stem(node);
            names[node.Id] = taken.Take(whole + "_" + Purpose.WordOf(node));
        }
        return graph with { Nodes = graph.Nodes.Select(n => n.Name.Length > 0 ? n : n with { Name = names[n.Id] }).ToEquatableArray() };

        // Of what comes before a node the name is known.
        string Known(int id) => names.TryGetValue(id, out var name) ? name : graph[id].Name;
    }

    private static string Stem(Node node) => node.Origin.Label.Length > 0 ? Identifiers.FromPath(node.Origin.Label) : "value";
}
