using System;
using System.Collections.Generic;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs.Rewriting;

/// <summary>Makes a graph from another one, node by node in topological order: each node is renumbered, a pass says what becomes of it, and the new number is
/// noted.</summary>
internal sealed class Rewriter
{
    private readonly Graph _graph;

    public Rewriter(Graph graph) => (_graph, Number) = (graph, new int[graph.Nodes.Count]);

    /// <summary>Gets the nodes made so far.</summary>
    public List<Node> Nodes { get; } = new();

    /// <summary>Gets the new number of each node that has been passed.</summary>
    public int[] Number { get; }

    /// <summary>Adds a node under the next number, which is returned.</summary>
    public int Add(Node node)
    {
        Nodes.Add(node.Id == Nodes.Count ? node : node with { Id = Nodes.Count });
        return Nodes.Count - 1;
    }

    /// <summary>The graph that follows.</summary>
    /// <param name="each">Given a node and the same node reading the new ones, returns what stands for it from now on: a node to add, or one that it has added
    /// itself.</param>
    public Graph Run(Func<Node, Node, Node> each)
    {
        foreach (var node in _graph.Nodes)
        {
            var made = each(node, Renumbering.Of(node, Number, Nodes.Count));
            Number[node.Id] = made.Id < Nodes.Count && ReferenceEquals(Nodes[made.Id], made) ? made.Id : Add(made);
        }
        return _graph.Renumbered(Nodes.ToEquatableArray(), Number);
    }
}
