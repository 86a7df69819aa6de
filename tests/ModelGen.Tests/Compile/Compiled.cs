using ModelGen.Generator.Compile;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Tests.Compile;

/// <summary>The program of a graph that no model stands behind.</summary>
internal static class Compiled
{
    public static PassOptions Options { get; } = new(CpuFamily.X64);

    /// <summary>After all passes, with its memory.</summary>
    public static Program Of(Graph graph)
    {
        var layout = new ModelLayout(graph.Nodes.OfType<LeafNode>());
        var ordered = Pipeline.Order(graph, Options);
        return Pipeline.Place(ordered, layout, new CpuLowering(CpuFamily.X64, layout, [(ordered.Graph, ordered.Order)]));
    }

    /// <summary>Untouched by the passes: a kernel for each formula and a place of its own for each value.</summary>
    public static Program Plain(Graph graph) =>
        PlanWorkspace.Apply(graph, FormKernels.OneForEach(graph), new(graph.Nodes.OfType<LeafNode>()), _ => false, share: false);
}
