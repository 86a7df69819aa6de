using System;
using System.Collections.Generic;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Compile;

/// <summary>A graph after the passes, and its kernel calls in order.</summary>
internal sealed record OrderedGraph(Graph Graph, CallOrder Order);

/// <summary>The steps from a graph to an order of kernel calls, each with the reason for its place.</summary>
internal static class Pipeline
{
    /// <summary>Graph to graph. The verifier runs after each.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Graph, PassOptions, Graph> Pass)> GraphPasses = new (string, Func<Graph, PassOptions, Graph>)[]
    {
        // First, so that no later pass plans for what nobody reads (the outputs of a training step, statistics of an unused branch).
        (nameof(EliminateDeadNodes), (g, _) => EliminateDeadNodes.Apply(g)),
        // Before results are copied, since a state that is a result is one.
        (nameof(OwnStates), (g, _) => OwnStates.Apply(g)),
        // Before anything makes other nodes of the transient ones.
        (nameof(Recompute), (g, _) => Recompute.Apply(g)),
        // Before fusion, which computes the derivative beside the value.
        (nameof(KeepDerivatives), (g, o) => KeepDerivatives.Apply(g, o)),
        // Before fusion: a copy for a result can still become the epilogue of what it copies.
        (nameof(CopyResults), (g, _) => CopyResults.Apply(g)),
        // Before fusion: what cuts the positions out again is a view.
        (nameof(SplitStrides), (g, _) => SplitStrides.Apply(g)),
        // Before fusion, for which the two maps have to be over the same points.
        (nameof(MapWindows), (g, o) => MapWindows.Apply(g, o)),
        // Before padding: views folded into a contraction's operand decide what has to be padded.
        (nameof(InlineMaps), (g, o) => InlineMaps.Apply(g, o)),
        // After fusion, which would fold copies between layouts into their readers; before padding, so that padded copies have the layout.
        (nameof(ChannelsLast), (g, o) => ChannelsLast.Apply(g, o)),
        // Once channels lie last; before padding, since transforms read over the edge themselves.
        (nameof(TileConvolutions), (g, o) => TileConvolutions.Apply(g, o)),
        // After fusion, which brings the gradients of slices into one sum, and in the layout that values have by then.
        (nameof(JoinPieces), (g, o) => JoinPieces.Apply(g, o)),
        // After fusion, which would fold the padded copy back into its reader.
        (nameof(PadOperands), (g, o) => o.PadsOperands ? PadOperands.Apply(g) : g),
        // After padding: the padded copies are what the sums walk over.
        (nameof(OrderSums), (g, _) => OrderSums.Apply(g)),
        // Last: the order of a sum decides what lies together.
        (nameof(OrderOperands), (g, o) => o.OrdersOperands ? OrderOperands.Apply(g) : g),
    };

    /// <summary>Runs all steps.</summary>
    public static OrderedGraph Run(Graph graph, PassOptions options)
    {
        Graph? before = null;
        foreach (var (name, pass) in GraphPasses)
        {
            graph = pass(graph, options);
            Verifier.Check(graph, name, before);
            before = graph;
        }
        var order = FormKernels.Apply(graph, options);
        return new(graph, options.Derives ? DeriveValues.Apply(graph, order) : order);
    }
}
