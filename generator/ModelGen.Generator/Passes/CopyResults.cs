using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Gives each result memory of its own: an output that is an input, a parameter or another result is copied.</summary>
internal static class CopyResults
{
    public static Graph Apply(Graph graph)
    {
        // A state has a place beside the state before it.
        var taken = new HashSet<int>(graph.Nodes.OfType<PreviousNode>().Select(p => p.Source));
        var builder = new List<Node>(graph.Nodes);
        int Own(int id, Purpose? purpose = null)
        {
            var source = graph.Source(id);
            if (graph[source] is ComputeNode && taken.Add(source))
            {
                if (purpose is not null && purpose.Name != builder[id].Name) builder[id] = builder[id].As(purpose);
                return id;
            }
            var rank = graph[id].Shape.Rank;
            purpose ??= Purpose.Copy(graph[id]);
            builder.Add(new ComputeNode(builder.Count, new(ElementType.F32, graph[id].Shape), purpose.Name, graph[id].Origin, EquatableArray<Axis>.Empty,
                Combine.None, Expr.Load.AtPoint(id, rank))
            { Purpose = purpose, Differentiates = graph[id].Differentiates });
            return builder.Count - 1;
        }
        var loss = graph.Loss < 0 ? -1 : Own(graph.Loss);
        var sums = graph.Sums.Select(s => Own(s)).ToEquatableArray();
        // One value can be the gradient of two parameters.
        var gradients = graph.Gradients.Select(g => g with { Value = Own(g.Value, Purpose.Cotangent(graph[g.Of])) }).ToEquatableArray();
        var updates = graph.Updates.Select(u => u with { Value = Own(u.Value) }).ToEquatableArray();
        var outputs = graph.Outputs.Select(o => Own(o)).ToEquatableArray();
        return graph with { Nodes = builder.ToEquatableArray(), Outputs = outputs, Loss = loss, Sums = sums, Gradients = gradients, Updates = updates };
    }
}
