using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Autodiff;

/// <summary>The forward graph of a model with the directional derivatives beside the values.</summary>
internal static class TangentGraph
{
    /// <summary>A direction for each floating-point input and each parameter comes in; values and tangents of all outputs go out, then, where
    /// there is a loss, its tangent. Buffers stay as they are.</summary>
    /// <remarks>Outputs: all values in order, all tangents in order, the loss's tangent. The directions of the inputs follow the inputs.</remarks>
    public static Graph Of(Graph forward)
    {
        forward = forward with { Updates = EquatableArray<BufferUpdate>.Empty };
        var builder = new GraphBuilder(forward);
        var directions = new Dictionary<int, Node>();
        foreach (var leaf in forward.Nodes.OfType<LeafNode>())
            if (leaf.Kind == LeafKind.Input) directions[leaf.Id] = builder.Leaf(LeafKind.Input, leaf.Type, Purpose.Tangent(leaf).Name);
            else if (leaf.Kind == LeafKind.Parameter)
                directions[leaf.Id] = builder.Leaf(LeafKind.Tangent, leaf.Type, Purpose.Tangent(leaf).Name, leaf.Path);
        var tangents = ForwardMode.Apply(builder, forward, directions);
        Node Tangent(int id) => tangents.TryGetValue(id, out var tangent) ? tangent
            : builder.Compute(forward[id].Shape, Array.Empty<Axis>(), Combine.None, Expr.Zero, Purpose.Tangent(forward[id]));
        var outputs = forward.Outputs.Select(o => forward[o]).Concat(forward.Outputs.Select(Tangent)).ToList();
        if (forward.Loss >= 0) outputs.Add(Tangent(forward.Loss));
        return builder.Build(forward.Name, outputs, forward.Loss < 0 ? null : forward[forward.Loss], forwardCount: forward.Nodes.Count);
    }
}
