using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>What must hold of every graph between passes.</summary>
internal static class Verifier
{
    /// <param name="before">A graph of which all this holds, for example what the pass was given: what is the same in both is not looked at again.</param>
    /// <exception cref="InvalidOperationException">A node breaks an invariant; the message names the pass, the node and the rule.</exception>
    public static void Check(Graph graph, string after, Graph? before = null)
    {
        if (before is not null && graph.Nodes.IsSameAs(before.Nodes))
        {
            CheckResults(graph, after);
            return;
        }
        var parts = graph.Nodes.OfType<JoinNode>().SelectMany(j => j.Parts.Select(p => (Part: p, Whole: j.Id))).ToLookup(p => p.Part, p => p.Whole);
        for (var id = 0; id < graph.Nodes.Count; id++)
        {
            Cancellation.Check();
            var node = graph[id];
            if (before is not null && parts.Count == 0 && IsSame(id) && node.Inputs.All(IsSame)) continue;
            void Require(bool holds, string rule)
            {
                if (!holds) throw new InvalidOperationException($"After {after}: node %{id} {node.Name}: {rule}.");
            }
            Require(node.Id == id, "carries another number");
            Require(node.Shape.Axes.Skip(1).All(a => !a.PerSample), "only the first axis may be the batch");
            Require(node.Differentiates < id, "differentiates a node that is not before it");
            foreach (var input in node.Inputs)
            {
                Require(input >= 0 && (input < id || node is PreviousNode p && input == p.Source && input < graph.Nodes.Count),
                    "reads a node that is not before it");
                Require(parts.Count == 0 || parts[input].All(whole => whole == id), "parts are computed for the whole alone");
            }
            switch (node)
            {
                case PreviousNode p:
                    Require(graph[p.Source].Shape == p.Shape, "a state keeps its shape");
                    Require(p.Axis < p.Shape.Rank && !p.Shape[p.Axis].PerSample, "the steps are an axis of known size");
                    Require(p.Initial < 0
                        || graph[p.Initial].Shape.Axes == p.Shape.Axes.Where((_, a) => a != p.Axis).ToEquatableArray(),
                        "the initial state has the shape of one step");
                    break;
                case JoinNode j:
                    Require(j.Parts.All(p => graph[p].Shape == new Shape(j.Shape.Axes.With(j.Axis, graph[p].Shape[j.Axis]))),
                        "parts agree in all axes but one");
                    Require(j.Parts.Sum(p => graph[p].Shape[j.Axis].Factor) == j.Shape[j.Axis].Factor, "the parts make up the whole");
                    Require(j.Parts.All(p => graph[p] is ComputeNode), "parts are computed");
                    break;
                case ReshapeNode r:
                    Require(graph[r.Source].Shape.Length == r.Shape.Length, "a reshape keeps the number of elements");
                    break;
                case ComputeNode c:
                    Require((c.Combine == Combine.None) == (c.Reduced.Count == 0), "reduces exactly when it has reduced axes");
                    var variables = c.OutputRank + c.Reduced.Count;
                    foreach (var load in c.Body.Loads())
                    {
                        Require(load.Index.Count == graph[load.Node].Shape.Rank, "reads a node with more or fewer indices than it has axes");
                        foreach (var index in load.Index) Require(index.Rank == variables, "reads a node over other variables than its own");
                    }
                    break;
            }
        }
        // Also that every recurrence can be computed step by step.
        _ = Recurrences.Of(graph);
        CheckResults(graph, after);

        bool IsSame(int id) => id < before!.Nodes.Count && ReferenceEquals(graph[id], before[id]);
    }

    private static void CheckResults(Graph graph, string after)
    {
        foreach (var result in graph.Results)
            if (result < 0 || result >= graph.Nodes.Count) throw new InvalidOperationException($"After {after}: result {result} does not exist.");
    }
}
