using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Drops what no result needs and renumbers the rest. Leaves stay: they are the model's interface.</summary>
internal static class EliminateDeadNodes
{
    public static Graph Apply(Graph graph)
    {
        var live = new bool[graph.Nodes.Count];
        foreach (var result in graph.Results) live[result] = true;
        for (var id = live.Length - 1; id >= 0; id--)
        {
            if (graph[id] is LeafNode) live[id] = true;
            if (!live[id]) continue;
            foreach (var input in graph[id].Inputs) live[input] = true;
        }
        var number = new int[live.Length];
        var nodes = new List<Node>();
        for (var id = 0; id < live.Length; id++)
        {
            number[id] = nodes.Count;
            if (live[id]) nodes.Add(Renumber(graph[id], number));
        }
        return graph.Renumbered(nodes.ToEquatableArray(), number);
    }

    public static Node Renumber(Node node, int[] number) => node switch
    {
        ComputeNode c => c with { Id = number[c.Id], Body = Renumber(c.Body, n => number[n]) },
        ReshapeNode r => r with { Id = number[r.Id], Source = number[r.Source] },
        _ => node with { Id = number[node.Id] },
    };

    /// <summary>An expression whose loads read the nodes of other numbers.</summary>
    /// <param name="instead">Replaces whole parts: what it returns is not looked at again.</param>
    public static Expr Renumber(Expr body, Func<int, int> number, Func<Expr, Expr?>? instead = null)
    {
        Expr.Load Of(Expr.Load l) => l with
        {
            Node = number(l.Node),
            Index = l.Index.Select(i => Index(i)).ToEquatableArray(),
        };
        AffineIndex Index(AffineIndex i) => i.Lookup is null ? i : i with { Lookup = Of(i.Lookup) };
        return body.Replace(e => instead?.Invoke(e) ?? e switch
        {
            Expr.Load l => Of(l),
            Expr.Valid v => new Expr.Valid(Of(v.Of)),
            Expr.IndexOf { Index.Lookup: not null } i => new Expr.IndexOf(Index(i.Index)),
            _ => null,
        });
    }
}
