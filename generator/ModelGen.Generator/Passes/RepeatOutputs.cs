using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Gives every output a batch axis: one that lost it (a mean over everything, a parameter) is the same for each sample of the batch.</summary>
/// <remarks>First of all, so that all that announces, fills and reads outputs takes them by rows of samples.</remarks>
internal static class RepeatOutputs
{
    public static Graph Apply(Graph graph)
    {
        if (graph.Outputs.All(o => graph[o].Shape.IsPerSample)) return graph;
        var builder = new GraphBuilder(graph);
        var outputs = graph.Outputs.Select(o => graph[o].Shape.IsPerSample ? graph[o] : Repeat(builder, graph[o])).ToList();
        return builder.Build(graph.Name, outputs, graph.Loss < 0 ? null : graph[graph.Loss]);
    }

    private static Node Repeat(GraphBuilder builder, Node value)
    {
        builder.Origin = value.Origin;
        var shape = Shape.Of(new[] { Axis.Batch }.Concat(value.Shape.Axes));
        // People know the output by the value's name.
        var purpose = new Purpose(Role.Copy, value.Name);
        return builder.Compute(shape, Array.Empty<Axis>(), Combine.None, v => GraphBuilder.Load(value, v.Skip(1).ToArray()), purpose);
    }
}
