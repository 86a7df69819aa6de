using System;
using System.Collections.Generic;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Passes;

/// <summary>The passes from a graph to a program, in order.</summary>
internal static class Pipeline
{
    /// <summary>Graph to graph. The verifier runs after each.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Graph, Graph> Pass)> GraphPasses = new (string, Func<Graph, Graph>)[]
    {
        // First, so that no later pass plans for what nobody reads (the outputs of a training step, statistics of an unused branch).
        (nameof(EliminateDeadNodes), EliminateDeadNodes.Apply),
        // Before results are copied, since a state that is a result is one.
        (nameof(OwnStates), OwnStates.Apply),
        // Before anything makes other nodes of the transient ones.
        (nameof(Recompute), Recompute.Apply),
        // Before fusion: a copy for a result can still become the epilogue of what it copies.
        (nameof(CopyResults), CopyResults.Apply),
        // Before fusion: what cuts the positions out again is a view.
        (nameof(SplitStrides), SplitStrides.Apply),
        // Before padding: views folded into a contraction's operand decide what has to be padded.
        (nameof(InlineMaps), InlineMaps.Apply),
        // After fusion, which would fold copies between layouts into their readers; before padding, so that padded copies have the layout.
        (nameof(ChannelsLast), ChannelsLast.Apply),
        // After fusion, which brings the gradients of slices into one sum, and in the layout that values have by then.
        (nameof(JoinPieces), JoinPieces.Apply),
        // After fusion, which would fold the padded copy back into its reader.
        (nameof(PadOperands), PadOperands.Apply),
        // Last: the padded copies are what the sums walk over.
        (nameof(OrderSums), OrderSums.Apply),
    };

    /// <summary>The program of a graph as it stands, untouched by the passes: a kernel for each formula and a place of its own for each value.</summary>
    public static Program Plain(Graph graph, ModelLayout layout) => PlanWorkspace.Apply(graph, FormKernels.OneForEach(graph), layout, share: false);

    public static Program Run(Graph graph, ModelLayout layout)
    {
        foreach (var (name, pass) in GraphPasses)
        {
            graph = pass(graph);
            Verifier.Check(graph, name);
        }
        return PlanWorkspace.Apply(graph, FormKernels.Apply(graph), layout);
    }
}
