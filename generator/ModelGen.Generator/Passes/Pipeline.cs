using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Passes;

/// <summary>What the passes are told about the use of a program.</summary>
/// <param name="TypicalBatch">The batch that costs are weighed for.</param>
/// <param name="WinogradPoints">See <see cref="TileConvolutions.Apply"/>.</param>
/// <param name="Derives">Whether what follows from parameters and buffers alone is computed apart.</param>
/// <param name="SpreadsRows">See <see cref="SpreadRows"/>.</param>
/// <param name="PadsOperands">Whether what a product reads over the edge is copied with its zeros first: a GPU's loads are predicated, which costs less than the copy.</param>
/// <param name="OrdersOperands">See <see cref="OrderOperands"/>.</param>
internal sealed record PassOptions(int TypicalBatch = Axis.TypicalBatch, int WinogradPoints = WinogradMatrices.MostPoints, bool Derives = false, bool SpreadsRows = false, bool PadsOperands = true, bool OrdersOperands = false);

/// <summary>The passes from a graph to a program, in order.</summary>
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
        (nameof(KeepDerivatives), (g, _) => KeepDerivatives.Apply(g)),
        // Before fusion: a copy for a result can still become the epilogue of what it copies.
        (nameof(CopyResults), (g, _) => CopyResults.Apply(g)),
        // Before fusion: what cuts the positions out again is a view.
        (nameof(SplitStrides), (g, _) => SplitStrides.Apply(g)),
        // Before fusion, for which the two maps have to be over the same points.
        (nameof(MapWindows), (g, _) => MapWindows.Apply(g)),
        // Before padding: views folded into a contraction's operand decide what has to be padded.
        (nameof(InlineMaps), (g, _) => InlineMaps.Apply(g)),
        // After fusion, which would fold copies between layouts into their readers; before padding, so that padded copies have the layout.
        (nameof(ChannelsLast), (g, _) => ChannelsLast.Apply(g)),
        // Once channels lie last; before padding, since transforms read over the edge themselves.
        (nameof(TileConvolutions), (g, o) => TileConvolutions.Apply(g, o.WinogradPoints, o.TypicalBatch, o.Derives)),
        // After fusion, which brings the gradients of slices into one sum, and in the layout that values have by then.
        (nameof(JoinPieces), (g, _) => JoinPieces.Apply(g)),
        // After fusion, which would fold the padded copy back into its reader.
        (nameof(PadOperands), (g, o) => o.PadsOperands ? PadOperands.Apply(g) : g),
        // After padding: the padded copies are what the sums walk over.
        (nameof(OrderSums), (g, _) => OrderSums.Apply(g)),
        // Last: the order of a sum decides what lies together.
        (nameof(OrderOperands), (g, o) => o.OrdersOperands ? OrderOperands.Apply(g) : g),
    };

    /// <summary>The program of a graph as it stands, untouched by the passes: a kernel for each formula and a place of its own for each value.</summary>
    public static Program Plain(Graph graph, ModelLayout layout) => PlanWorkspace.Apply(graph, FormKernels.OneForEach(graph), layout, share: false);

    public static Program Run(Graph graph, ModelLayout layout, PassOptions options)
    {
        Graph? before = null;
        foreach (var (name, pass) in GraphPasses)
        {
            graph = pass(graph, options);
            Verifier.Check(graph, name, before);
            before = graph;
        }
        var schedule = FormKernels.Apply(graph, options.SpreadsRows);
        return PlanWorkspace.Apply(graph, options.Derives ? DeriveValues.Apply(graph, schedule) : schedule, layout);
    }
}
