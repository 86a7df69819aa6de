using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Api;

/// <summary>The numbers a model publishes as constants.</summary>
internal sealed record Figures(long ParameterCount, long ForwardFlops, long BackwardFlops, long WorkspaceBytesPerSample, int KernelCount, long PreparedFloats,
    MemoryTraffic Traffic)
{
    public static Figures Of(LoweredModel model, int kernelCount, long preparedFloats)
    {
        var train = model.Train ?? model.Infer;
        return new(
            model.Layout.Parameters.Sum(p => (long)p.Length),
            Flops(train.Graph, n => IsForward(train.Graph, n)),
            model.Train is null ? 0 : Flops(train.Graph, n => !IsForward(train.Graph, n)),
            train.Workspace.PerSample * sizeof(float),
            kernelCount,
            preparedFloats,
            MemoryTraffic.Of(train));
    }

    // A derivative belongs to the backward pass, whenever it is computed.
    private static bool IsForward(Graph graph, ComputeNode node) => node.Id < graph.ForwardCount && !node.IsKept;

    // Floating-point operations for one sample.
    private static long Flops(Graph graph, Func<ComputeNode, bool> which) =>
        Lengths.Sum(graph.Nodes.OfType<ComputeNode>().Where(which).Select(n => n.CountOperations()));
}
