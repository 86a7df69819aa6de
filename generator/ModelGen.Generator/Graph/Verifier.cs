using System;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Graphs;

/// <summary>What must hold of every graph between passes.</summary>
internal static class Verifier
{
    /// <exception cref="InvalidOperationException">A node breaks an invariant; the message names the pass, the node and the rule.</exception>
    public static void Check(Graph graph, string after)
    {
        for (var id = 0; id < graph.Nodes.Count; id++)
        {
            var node = graph[id];
            void Require(bool holds, string rule)
            {
                if (!holds) throw new InvalidOperationException($"After {after}: node %{id} {node.Name}: {rule}.");
            }
            Require(node.Id == id, $"carries number {node.Id}");
            Require(node.Shape.Axes.Skip(1).All(a => !a.PerSample), "only the first axis may be the batch");
            Require(node.Inputs.All(i => i >= 0 && i < id), "reads a node that is not before it");
            switch (node)
            {
                case ReshapeNode r:
                    Require(graph[r.Source].Shape.Length == r.Shape.Length, "a reshape keeps the number of elements");
                    break;
                case ComputeNode c:
                    Require((c.Combine == Combine.None) == (c.Reduced.Count == 0), "reduces exactly when it has reduced axes");
                    foreach (var load in c.Body.Loads())
                    {
                        Require(load.Index.Count == graph[load.Node].Shape.Rank, $"reads %{load.Node} of rank {graph[load.Node].Shape.Rank} with {load.Index.Count} indices");
                        Require(load.Index.All(i => i.Rank == c.Axes.Count), $"reads %{load.Node} over other variables than its own {c.Axes.Count}");
                    }
                    break;
            }
        }
        foreach (var result in graph.Results)
            if (result < 0 || result >= graph.Nodes.Count) throw new InvalidOperationException($"After {after}: result {result} does not exist.");
    }
}
