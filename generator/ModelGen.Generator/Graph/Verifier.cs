using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

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
            Require(node.Inputs.All(i => i >= 0 && (i < id || node is PreviousNode p && i == p.Source && i < graph.Nodes.Count)), "reads a node that is not before it");
            switch (node)
            {
                case PreviousNode p:
                    Require(graph[p.Source].Shape == p.Shape, "a state keeps its shape");
                    Require(p.Axis < p.Shape.Rank && !p.Shape[p.Axis].PerSample, "the steps are an axis of known size");
                    Require(p.Initial < 0 || graph[p.Initial].Shape.Axes == p.Shape.Axes.Where((_, a) => a != p.Axis).ToEquatableArray(), "the initial state has the shape of one step");
                    break;
                case JoinNode j:
                    Require(j.Parts.All(p => graph[p].Shape == new Shape(j.Shape.Axes.With(j.Axis, graph[p].Shape[j.Axis]))), "parts agree in all axes but one");
                    Require(j.Parts.Sum(p => graph[p].Shape[j.Axis].Factor) == j.Shape[j.Axis].Factor, "the parts make up the whole");
                    Require(j.Parts.All(p => graph[p] is ComputeNode) && graph.Nodes.All(n => n == j || !n.Inputs.Any(j.Parts.Contains)), "parts are computed for the whole alone");
                    break;
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
        // Also that every recurrence can be computed step by step.
        _ = Recurrences.Of(graph);
        foreach (var result in graph.Results)
            if (result < 0 || result >= graph.Nodes.Count) throw new InvalidOperationException($"After {after}: result {result} does not exist.");
    }
}
