using System;
using System.Collections.Generic;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Compile;

/// <summary>A graph after the passes, and its kernel calls in order.</summary>
internal sealed record OrderedGraph(Graph Graph, CallOrder Order);

/// <summary>A step from graph to graph.</summary>
/// <param name="Name">The pass.</param>
/// <param name="Idea">What textbooks call it.</param>
/// <param name="Place">Why it stands where it stands.</param>
/// <param name="Apply">Runs it.</param>
internal sealed record PipelineStep(string Name, string Idea, string Place, Func<Graph, PassOptions, Graph> Apply);

/// <summary>Every step from a graph to the memory plan, in order. The verifier looks at the graph after each.</summary>
internal static class Pipeline
{
    /// <summary>Before differentiation, so that gradients have the same form.</summary>
    public static readonly IReadOnlyList<PipelineStep> Preparation = new PipelineStep[]
    {
        new(nameof(RepeatOutputs), "broadcasting", "First of all, so that all that announces, fills and reads outputs takes them by rows of samples.",
            (g, _) => RepeatOutputs.Apply(g)),
        new(nameof(FoldGathers), "algebraic simplification",
            "Before differentiation: the gradients of the table and of the weights then are small products as well.", (g, _) => FoldGathers.Apply(g)),
    };

    /// <summary>Of each program, the joint graph of the training step among them.</summary>
    public static readonly IReadOnlyList<PipelineStep> Passes = new PipelineStep[]
    {
        new(nameof(EliminateDeadNodes), "dead code elimination",
            "First, so that no later pass plans for what nobody reads (the outputs of a training step, statistics of an unused branch).", (g, _) =>
            EliminateDeadNodes.Apply(g)),
        new(nameof(OwnStates), "copy insertion", "Before results are copied, since a state that is a result is one.", (g, _) => OwnStates.Apply(g)),
        new(nameof(Recompute), "rematerialisation", "Before anything makes other nodes of the transient ones.", (g, _) => Recompute.Apply(g)),
        new(nameof(KeepDerivatives), "partial evaluation of the backward pass", "Before fusion, which computes the derivative beside the value.", (g, o) =>
            KeepDerivatives.Apply(g, o)),
        new(nameof(CopyResults), "copy insertion", "Before fusion: a copy for a result can still become the epilogue of what it copies.", (g, _) =>
            CopyResults.Apply(g)),
        new(nameof(SplitStrides), "polyphase decomposition", "Before fusion: what cuts the positions out again is a view.", (g, _) => SplitStrides.Apply(g)),
        new(nameof(MapWindows), "loop interchange across a reshape", "Before fusion, for which the two maps have to be over the same points.", (g, o) =>
            MapWindows.Apply(g, o)),
        new(nameof(InlineMaps), "producer–consumer fusion", "Before padding: views folded into a product's operand decide what has to be padded.", (g, o) =>
            InlineMaps.Apply(g, o)),
        new(nameof(ChannelsLast), "data layout transformation",
            "After fusion, which would fold copies between layouts into their readers; before padding, so that padded copies have the layout.", (g, o) =>
            ChannelsLast.Apply(g, o)),
        new(nameof(TileConvolutions), "minimal filtering (Winograd)", "Once channels lie last; before padding, since transforms read over the edge themselves.",
            (g, o) => TileConvolutions.Apply(g, o)),
        new(nameof(JoinPieces), "index-set splitting",
            "After fusion, which brings the gradients of slices into one sum, and in the layout that values have by then.", (g, o) => JoinPieces.Apply(g, o)),
        new(nameof(PadOperands), "padding", "After fusion, which would fold the padded copy back into its reader.", (g, o) => o.PadsOperands
            ? PadOperands.Apply(g) : g),
        new(nameof(OrderSums), "loop interchange", "After padding: the padded copies are what the sums walk over.", (g, _) => OrderSums.Apply(g)),
        new(nameof(OrderOperands), "data layout transformation", "Last: the order of a sum decides what lies together.", (g, o) => o.OrdersOperands
            ? OrderOperands.Apply(g) : g),
    };

    /// <summary>The graph that is differentiated.</summary>
    public static Graph Prepare(Graph graph, PassOptions options, PassLog? log = null, string program = "") => Apply(Preparation, graph, options, log, program);

    /// <summary>From the graph of a program to its kernel calls: all passes, then fusion into kernels and list scheduling.</summary>
    public static OrderedGraph Order(Graph graph, PassOptions options, PassLog? log = null, string program = "")
    {
        graph = Apply(Passes, graph, options, log, program);
        // Last, since the passes make nodes of kernels; what follows from parameters alone can be told only when all kernels are known.
        var order = FormKernels.Apply(graph, options);
        return new(graph, options.Derives ? DeriveValues.Apply(graph, order) : order);
    }

    /// <summary>Gives every value of a program its place, once it is known how kernels are computed: what they keep in their results decides what may share
    /// memory.</summary>
    /// <param name="cpu">How kernels are computed on the CPU; null for a GPU, where nothing waits in a result.</param>
    public static Program Place(OrderedGraph ordered, ModelLayout layout, CpuLowering? cpu) =>
        PlanWorkspace.Apply(ordered.Graph, ordered.Order, layout, kernel => cpu?[kernel][0].KeepsSumsInResult == true);

    private static Graph Apply(IReadOnlyList<PipelineStep> steps, Graph graph, PassOptions options, PassLog? log, string program)
    {
        log?.Begin(program, graph);
        Graph? before = null;
        foreach (var step in steps)
        {
            graph = step.Apply(graph, options);
            Verifier.Check(graph, step.Name, before);
            before = graph;
            log?.Add(step, graph);
        }
        return graph;
    }
}
